import { fileURLToPath } from 'node:url';
import { normalizePath } from 'vite';

/** Puts a module of the page into a file of its own, which the browser runs before the rest has come. */
export function firstScript(path) {
	const id = normalizePath(fileURLToPath(new URL(`../../${path}`, import.meta.url)));
	return {
		name: 'first-script',
		apply: 'build',
		buildStart() {
			this.emitFile({ type: 'chunk', id, name: 'starting', preserveSignature: false });
		},
		// Other files share what is in it, so that Rolldown makes two: one that holds it, and an empty one that names it.
		generateBundle(_, bundle) {
			for (const [file, { facadeModuleId, modules = {} }] of Object.entries(bundle)) if (facadeModuleId === id && !(id in modules)) delete bundle[file];
		},
		transformIndexHtml: {
			order: 'post',
			handler(html, { bundle = {} }) {
				const script = Object.values(bundle).find(({ modules = {} }) => id in modules);
				if (!script) return html;
				return html.replace('<script type="module"', `<script type="module" crossorigin src="./${script.fileName}"></script>\n\t\t$&`);
			},
		},
	};
}
