/** What a text looks like, for telling headers from data and good delimiters from bad. */
export type CellKind = 'empty' | 'number' | 'date' | 'boolean' | 'code' | 'address' | 'text';

const number = /^[-+(]?\s*[$€£¥]?\s*[-+]?(\d{1,3}([ ,.'\u00a0\u202f]\d{3})+|\d+)?([.,]\d+)?([eE][-+]?\d+)?\s*[%$€£¥)]?$/;
const date = /^\W?(\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|\d{4}-\d{2}|\d{1,2}[- ]?[A-Za-z]{3,9}[- ,]*\d{2,4}|[A-Za-z]{3,9} \d{1,2},? \d{4})([T ]\s*\d{1,2}:\d{2}.*)?$/;
const time = /^\d{1,2}:\d{1,2}(:\d{1,2}([.,]\d+)?)?\s*([aApP]\.?[mM]\.?)?$/;
const boolean = /^(true|false|yes|no|y|n|t|f|ja|nein|oui|non)$/i;
const address = /^([a-z][a-z+.-]*:\/\/\S+|\S+@\S+\.\S+)$/i;
const code = /^(?=.*\d)[\p{L}\p{N}][\p{L}\p{N}_./:#-]*$/u;

export function kindOf(text: string): CellKind {
	const t = text.trim();
	if (t === '') return 'empty';
	if (t.length > 200) return 'text';
	if (/\d/.test(t)) {
		if (number.test(t)) return 'number';
		if (date.test(t) || time.test(t)) return 'date';
	}
	if (boolean.test(t)) return 'boolean';
	if (address.test(t)) return 'address';
	return t.length <= 40 && code.test(t) ? 'code' : 'text';
}

/** The kind of at least four fifths of the texts that are not empty; null: none. */
export function mostly(texts: readonly string[]): CellKind | null {
	const counts = new Map<CellKind, number>();
	let filled = 0;
	for (const text of texts) {
		const kind = kindOf(text);
		if (kind === 'empty') continue;
		filled++;
		counts.set(kind, (counts.get(kind) ?? 0) + 1);
	}
	for (const [kind, count] of counts) if (count >= filled * 0.8) return kind;
	return null;
}

/** Digits as 9, letters as a, runs as one. */
export const shapeOf = (text: string): string => text.replace(/\p{N}+/gu, '9').replace(/\p{L}+/gu, 'a');

/** Texts that stand for nothing in a column of another kind. */
export const nothing = /^(n\/?a|nan|null|none|nil|-+|\?|\.|unknown|#n\/a)?$/i;

/** Whether cells fit the kinds of their columns: the sign that none of them slipped into another column. */
export const fitKinds = (cells: readonly string[], kinds: readonly (CellKind | null)[]): boolean =>
	cells.every((cell, c) => {
		const kind = kinds[c] ?? null;
		return kind === null || kind === 'text' || nothing.test(cell.trim()) || kindOf(cell) === kind || (kind === 'code' && kindOf(cell) === 'number');
	});
