/** What the page and its workers may do: nothing but read their own origin. */
export const policy = [
	"default-src 'none'",
	"script-src 'self' 'wasm-unsafe-eval'",
	"style-src 'self' 'unsafe-inline'",
	"img-src 'self' data: blob:",
	"font-src 'self'",
	"connect-src 'self'",
	"worker-src 'self' blob:",
	"manifest-src 'self'",
	"base-uri 'none'",
	"form-action 'none'",
	"frame-ancestors 'none'",
];

/** The policy for a <meta> element, where browsers refuse frame-ancestors. */
export const metaPolicy = policy.filter((directive) => !directive.startsWith('frame-ancestors'));

export const securityHeaders = {
	'Content-Security-Policy': policy.join('; '),
	'X-Content-Type-Options': 'nosniff',
	'Referrer-Policy': 'no-referrer',
	'Cross-Origin-Opener-Policy': 'same-origin',
	'Cross-Origin-Resource-Policy': 'same-origin',
};
