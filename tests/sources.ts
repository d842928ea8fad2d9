import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

export const root = fileURLToPath(new URL('..', import.meta.url));

export interface Import {
	from: string;
	/** Path from the root for files of ours, otherwise as written. */
	to: string;
	typeOnly: boolean;
}

/** Files under a folder of the project, as paths from its root with forward slashes. */
export function filesUnder(folder: string): string[] {
	const start = join(root, folder);
	if (!existsSync(start)) return [];
	return readdirSync(start, { recursive: true, encoding: 'utf8' })
		.filter((name) => statSync(join(start, name)).isFile())
		.map((name) => relative(root, join(start, name)).split(sep).join('/'))
		.sort();
}

export function read(path: string): string {
	return readFileSync(join(root, path), 'utf8');
}

function isTypeOnly(node: ts.ImportDeclaration | ts.ExportDeclaration): boolean {
	if (ts.isExportDeclaration(node)) return node.isTypeOnly;
	const clause = node.importClause;
	if (!clause) return false;
	if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
	const named = clause.namedBindings;
	const names = named && ts.isNamedImports(named) ? named.elements : [];
	return !clause.name && names.length > 0 && names.every((element) => element.isTypeOnly);
}

// import('…'), import.meta.glob('…' or […]) and new URL('…', import.meta.url), as workers are started.
function namedByCall(node: ts.CallExpression | ts.NewExpression): string[] {
	const isImport = node.expression.kind === ts.SyntaxKind.ImportKeyword;
	const isGlob = node.expression.getText().startsWith('import.meta.glob');
	const isUrl = node.expression.getText() === 'URL' && node.arguments?.[1]?.getText() === 'import.meta.url';
	const first = node.arguments?.[0];
	if (!first || !(isImport || isGlob || isUrl)) return [];
	const texts = ts.isArrayLiteralExpression(first) ? [...first.elements] : [first];
	return texts.filter(ts.isStringLiteralLike).map((text) => text.text);
}

/** Everything that a .ts or .svelte file names in order to load it, types included. */
export function importsOf(path: string): Import[] {
	const found: Import[] = [];
	const add = (specifier: string, typeOnly: boolean) => {
		const [file = ''] = specifier.split('?');
		const own = /^[./]/.test(file);
		const to = own
			? relative(root, resolve(root, dirname(path), file))
					.split(sep)
					.join('/')
			: file;
		found.push({ from: path, to, typeOnly });
	};
	const visit = (node: ts.Node): void => {
		if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) {
			if (node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier))
				add(node.moduleSpecifier.text, isTypeOnly(node));
		} else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
			if (ts.isStringLiteral(node.argument.literal)) add(node.argument.literal.text, true);
		} else if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
			for (const specifier of namedByCall(node)) add(specifier, false);
		}
		ts.forEachChild(node, visit);
	};

	const text = read(path);
	const isSvelte = path.endsWith('.svelte');
	const scripts = isSvelte
		? [...text.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map((match) => match[1] ?? '')
		: [text];
	for (const script of scripts)
		visit(ts.createSourceFile(path, script, ts.ScriptTarget.ES2022, true, ts.ScriptKind.TS));
	if (isSvelte) {
		const markup = text.replace(/<script[^>]*>[\s\S]*?<\/script>/g, '');
		for (const match of markup.matchAll(/\bimport\(\s*['"`]([^'"`]+)/g)) add(match[1] ?? '', false);
	}
	return found;
}
