import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { noteText, noteTexts, skippedText, skippedTexts } from '../../../src/lib/texts/intake-notes.ts';
import { filesUnder, read } from '../../sources.ts';

interface Codes {
	notes: Set<string>;
	skipped: Set<string>;
}

function stringsIn(node: ts.Node | undefined, into: Set<string>): void {
	if (!node) return;
	if (ts.isStringLiteral(node) && /^[a-z][a-z0-9.-]+$/.test(node.text)) into.add(node.text);
	else if (ts.isConditionalExpression(node)) for (const branch of [node.whenTrue, node.whenFalse]) stringsIn(branch, into);
}

/** Codes as the readers write them: `code: '…'` and `note: '…'` in records, and the calls by which notes and skipped lines are counted. */
function codesIn(path: string, codes: Codes): void {
	const visit = (node: ts.Node): void => {
		if (ts.isPropertyAssignment(node) && (ts.isIdentifier(node.name) && ['code', 'note'].includes(node.name.text))) stringsIn(node.initializer, codes.notes);
		if (ts.isCallExpression(node)) {
			const { expression: callee, arguments: args } = node;
			const name = ts.isPropertyAccessExpression(callee) ? callee.name.text : ts.isIdentifier(callee) ? callee.text : '';
			if (['note', 'odd'].includes(name)) stringsIn(args[0], codes.notes);
			if (['skip', '#skip', 'drop'].includes(name)) stringsIn(args[1], codes.skipped);
		}
		ts.forEachChild(node, visit);
	};
	visit(ts.createSourceFile(path, read(path), ts.ScriptTarget.Latest, true));
}

const codes: Codes = { notes: new Set(), skipped: new Set() };
for (const path of filesUnder('src/import').filter((file) => file.endsWith('.ts'))) codesIn(path, codes);

/** Every detail that some note has, with a value as readers give it. */
const details = { column: 'Opened', columns: ['a', 'b'], names: ['id'], name: 'id', cells: 3, count: 2, ranges: 2, rows: 4, lines: [3, 4], feeds: 5, returns: 1, shifted: false, encoding: 'utf-8', delimiter: ';', within: null, left: [], state: 'hidden', preamble: 2, headers: 1, footer: 1, attributes: { creator: 'x' }, dates: 40, first: '2025-01-01', last: '2025-06-01', examples: [{ line: 4, text: '1899-12-30' }], jumps: 20, swapped: 1, of: 9, read: '€', others: ['$'] };
const own: Readonly<Record<string, object>> = { 'empty-names': { columns: [2, 5] }, 'excel.hidden-columns': { columns: 2 }, 'header-short': { names: 4 } };

describe('what was noted of a file', () => {
	it('is found in the sources of every format', () => {
		expect([...codes.notes]).toEqual(expect.arrayContaining(['short-rows', 'undecodable', 'json.nested', 'excel.error', 'excel.merged', 'parquet.bytes', 'xes.log', 'xes.repeated', 'far-dates', 'header-short']));
		expect([...codes.skipped]).toEqual(expect.arrayContaining(['quote-not-closed', 'too-long', 'quotes-unclear', 'broken-line', 'footer', 'repeated-table', 'json.bad-line', 'excel.header-again', 'xes.no-events']));
	});

	it('has a sentence for every code', () => {
		expect([...codes.notes].filter((code) => !Object.hasOwn(noteTexts, code))).toEqual([]);
		expect([...codes.skipped].filter((code) => !Object.hasOwn(skippedTexts, code))).toEqual([]);
	});

	it('is said in whole sentences, whatever its details', () => {
		for (const code of codes.notes) {
			const text = noteText({ ...details, ...own[code], code });
			expect(text, code).toMatch(/^\S.*\.$/);
			expect(text, code).not.toMatch(/undefined|NaN|\[object|null/);
		}
	});

	it('is said by its code where nobody has written a sentence yet', () => {
		expect(noteText({ code: 'new.thing' })).toBe('new.thing');
		expect(skippedText('constructor')).toBe('constructor');
	});
});
