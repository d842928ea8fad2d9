import { describe, expect, test } from 'vitest';
import { metaPolicy, policy, securityHeaders } from '../scripts/policy.mjs';
import { headersFile } from '../scripts/vite/headers-file.mjs';

const nginx = Object.entries(securityHeaders).map(([name, value]) => `    add_header ${name} "${value}" always;`).join('\n');

const cloudFront = JSON.stringify(
	{
		Name: 'throughline',
		SecurityHeadersConfig: {
			ContentSecurityPolicy: { Override: true, ContentSecurityPolicy: securityHeaders['Content-Security-Policy'] },
			ContentTypeOptions: { Override: true },
			ReferrerPolicy: { Override: true, ReferrerPolicy: securityHeaders['Referrer-Policy'] },
		},
		CustomHeadersConfig: {
			Quantity: 2,
			Items: ['Cross-Origin-Opener-Policy', 'Cross-Origin-Resource-Policy'].map((name) => ({ Header: name, Value: securityHeaders[name as keyof typeof securityHeaders], Override: true })),
		},
	},
	null,
	2,
);

const page = `# Hosting

\`npm run build\` writes \`dist/\`: plain files that any static host can serve, from the root of a domain or from any folder under it.
Nothing runs on the host, and no file is larger than 25 MiB (the largest, the engine, has about 7 MB). The build prints the
sizes and fails when they grow past their budgets.

Three things to know about every host:

- **HTTPS** (or \`localhost\`). Browsers keep files on the device, and the app for use without a network, for secure pages only.
- **Headers are optional.** The page carries its security policy itself, and its workers inherit it; where a host can send headers
  too, send those below. They say the same, and also that no other site may frame the page.
- **The engine is a \`.wasm.gz\` file.** Serve it as it is. It does not matter whether the host calls it \`application/gzip\`,
  \`application/wasm\` with \`Content-Encoding: gzip\`, or nothing: the page looks at the bytes.

Files under \`assets/\` carry a hash of their content in their name and may be cached for ever; all others must be asked for again.

## GitHub Pages

The workflow is here: \`.github/workflows/pages.yml\`. In the repository choose *Settings → Pages → Source: GitHub Actions*, once. Each
push to \`main\` then builds and publishes to \`https://<owner>.github.io/<repository>/\`. GitHub sends no headers of yours; the page's own policy holds.

## Cloudflare Pages

Build command \`npm run build\`, output directory \`dist\`; or from your machine \`npx wrangler pages deploy dist\`. It takes no file over 25 MiB, and
none is. The build writes \`_headers\`, which Cloudflare (and Netlify) read, with the policy and the caching of \`assets/\`.

## S3 and CloudFront

\`\`\`sh
aws s3 sync dist/assets s3://BUCKET/FOLDER/assets --cache-control 'public, max-age=31536000, immutable'
aws s3 sync dist s3://BUCKET/FOLDER --delete --cache-control no-cache --exclude 'assets/*'
\`\`\`

Old files under \`assets/\` stay, so that a page that is open finds what it has not loaded yet. S3 alone sends neither HTTPS under your
name nor headers: put CloudFront before it, with *Compress objects automatically* on, \`index.html\` as the default root object, and
a response headers policy:

\`\`\`sh
aws cloudfront create-response-headers-policy --response-headers-policy-config file://headers.json
\`\`\`

\`\`\`json
${cloudFront}
\`\`\`

## nginx

\`\`\`nginx
server {
    listen 443 ssl;
    server_name example.org;
    root /srv/throughline;

    gzip on;
    gzip_types text/css text/javascript application/javascript application/json application/manifest+json image/svg+xml;

${nginx}

    location / { expires -1; }
    location /assets/ { expires 1y; }
}
\`\`\`

\`add_header\` in a \`location\` would put all those above out of force there; \`expires\` does not. For a folder of an existing site, copy \`dist/\` into it.

## Your own machine

\`npm start\` serves \`dist/\` on 127.0.0.1 with these headers. \`node scripts/serve.mjs FOLDER --port 8080\` serves any built folder.
`;

test('the page about hosting says the headers that are sent: after a change of scripts/policy.mjs, `npx vitest run tests/hosting.test.ts -u` writes it', async () => {
	await expect(page).toMatchFileSnapshot('../docs/hosting.md');
});

describe('headers', () => {
	test('the file for hosts that read one sends each header for every path', () => {
		const [every = '', assets = ''] = headersFile.split(/^(?=\/assets)/m);
		expect(every.split('\n')[0]).toBe('/*');
		for (const [name, value] of Object.entries(securityHeaders)) expect(every).toContain(`\n  ${name}: ${value}\n`);
		expect(assets).toContain('immutable');
		// Cloudflare reads no line over 2,000 characters.
		expect(Math.max(...headersFile.split('\n').map(({ length }) => length))).toBeLessThan(2000);
	});

	test('the policy names no other origin, no scheme but data and blob, and no way to run text as script', () => {
		const sources = policy.flatMap((directive) => directive.split(' ').slice(1));
		expect([...new Set(sources)].sort()).toEqual(["'none'", "'self'", "'unsafe-inline'", "'wasm-unsafe-eval'", 'blob:', 'data:']);
		expect(policy.filter((directive) => directive.includes('unsafe-inline'))).toEqual(["style-src 'self' 'unsafe-inline'"]);
		expect(policy[0]).toBe("default-src 'none'");
		expect(policy.filter((directive) => !metaPolicy.includes(directive)), 'all that a document cannot say itself').toEqual(["frame-ancestors 'none'"]);
	});
});
