import { parseAst } from 'vite';

const glue = 100_000;

/**
 * The package's blocking build carries Emscripten's code twice: for wasm with exceptions (eh) and without (mvp). Every
 * browser that can show this page (popover, DecompressionStream) has them, so that the second, 590 KB, is left out.
 */
export function withoutMvp() {
	return {
		name: 'without-mvp',
		apply: 'build',
		transform: {
			filter: { id: /duckdb-browser-blocking\.mjs$/ },
			handler(code) {
				const { start, end } = mvpGlue(code);
				return { code: `${code.slice(0, start)}() => () => { throw new Error('left out') }${code.slice(end)}`, map: null };
			},
		},
	};
}

/** Where the code of the mvp build stands: the first of the two big CommonJS modules, which names its wasm. */
export function mvpGlue(code) {
	const big = parseAst(code)
		.body.flatMap((statement) => (statement.type === 'VariableDeclaration' ? statement.declarations : []))
		.map(({ init }) => init)
		.filter((init) => init?.type === 'CallExpression' && init.end - init.start > glue);
	const [mvp, ...others] = big.filter(({ start, end }) => code.slice(start, end).includes('duckdb-mvp'));
	if (big.length !== 2 || !mvp || others.length > 0)
		throw new Error('The blocking build of @duckdb/duckdb-wasm is not made as it was in 1.32.0.');
	return mvp;
}
