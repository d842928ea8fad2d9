import { aggregates, openers, refused, scalars } from './expression-functions.ts';

/** What is wrong with a text, and where it begins. `unlisted`: DuckDB may know better what is wrong, and should be asked first. */
export interface Fault {
	says: string;
	at: number;
	unlisted?: true;
}

interface Token {
	kind: 'space' | 'text' | 'quoted' | 'number' | 'name' | 'mark';
	text: string;
	at: number;
}

const shapes: readonly (readonly [Token['kind'], RegExp])[] = [
	['space', /[ \t\r\n]+/uy],
	['text', /'(?:[^']|'')*'/uy],
	['quoted', /"(?:[^"]|"")*"/uy],
	['number', /(?:\d[\d_]*(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/uy],
	['name', /[\p{L}_][\p{L}\p{N}_]*/uy],
	['mark', /::|[-+*/%^<>=!|&~.,()[\]]/uy],
];
const comment = /--|\/\*/y;
const mostCharacters = 2000;
const typed = new Set(['timestamp', 'date', 'time', 'interval']);

function tokensOf(text: string): Token[] | Fault {
	const tokens: Token[] = [];
	for (let at = 0; at < text.length; ) {
		comment.lastIndex = at;
		if (comment.test(text)) return { says: 'a comment cannot stand in an expression', at };
		const found = shapes.flatMap(([kind, shape]) => {
			shape.lastIndex = at;
			const match = shape.exec(text);
			return match ? [{ kind, text: match[0], at }] : [];
		})[0];
		if (!found) return unreadable(text, at);
		tokens.push(found);
		at += found.text.length;
	}
	return tokens;
}

function unreadable(text: string, at: number): Fault {
	const measure = /^\{(\w*)\}?/.exec(text.slice(at));
	if (measure) return { says: `no measure of this table is called ${measure[1] === '' ? 'so' : `“${measure[1] ?? ''}”`}`, at };
	const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
	if (character === "'" || character === '"') return { says: 'this quotation mark is never closed', at };
	if (character === ';') return { says: 'one expression only: “;” would begin another statement', at };
	return { says: `“${character}” cannot stand in an expression`, at };
}

/** Every bracket closes the one that was opened last, and none is left. */
function unbalanced(tokens: readonly Token[], end: number): Fault | null {
	const open: Token[] = [];
	for (const token of tokens) {
		if (token.kind !== 'mark') continue;
		if (token.text === '(' || token.text === '[') open.push(token);
		if (token.text !== ')' && token.text !== ']') continue;
		const before = open.pop();
		if (!before || (before.text === '(') !== (token.text === ')')) return { says: `nothing is open that this “${token.text}” could close`, at: token.at };
	}
	const left = open.at(-1);
	return left ? { says: `this “${left.text}” is never closed`, at: Math.min(left.at, end) } : null;
}

const spoken = (tokens: readonly Token[], i: number): string => (tokens[i]?.kind === 'name' ? tokens[i].text.toLowerCase() : (tokens[i]?.text ?? ''));

/** `is distinct from` and `extract(hour from t)` are no queries. */
function innocent(tokens: readonly Token[], i: number): boolean {
	if (spoken(tokens, i) !== 'from') return false;
	if (spoken(tokens, i - 1) === 'distinct') return ['is', 'not'].includes(spoken(tokens, i - 2));
	return spoken(tokens, i - 3) === 'extract' && spoken(tokens, i - 2) === '(' && tokens[i - 1]?.kind === 'name';
}

function misplaced(tokens: readonly Token[], i: number): Fault | null {
	const [token, next] = [tokens[i], tokens[i + 1]];
	if (token?.kind !== 'name' && token?.kind !== 'quoted') return null;
	const word = spoken(tokens, i);
	const called = next?.kind === 'mark' && next.text === '(';
	if (token.kind === 'quoted') return called ? { says: `a function is called without quotation marks: ${token.text}`, at: token.at } : null;
	if (next?.kind === 'text' && next.at === token.at + token.text.length && !typed.has(word)) return { says: `a text with a sign before it cannot stand in an expression: ${token.text}'…'`, at: token.at };
	if ((refused.has(word) && !innocent(tokens, i)) || (word === 'desc' && spoken(tokens, i - 1) === '(')) return { says: `“${token.text}” cannot stand in an expression: it is an aggregate over the rows of one table, without a query of its own`, at: token.at };
	if (called && !openers.has(word) && !scalars.has(word) && !aggregates.has(word)) return { says: `${token.text} is not among the functions that a measure may use`, at: token.at, unlisted: true };
	return null;
}

/**
 * Why a text is not one aggregate over the rows of one table, judged without any database; null where it may be one. What passes
 * can stand between parentheses in a statement and neither leave them, nor read anything but columns, nor change anything.
 */
export function faultIn(text: string): Fault | null {
	if (text.trim() === '') return { says: 'the expression is empty', at: 0 };
	if (text.length > mostCharacters) return { says: `the expression is longer than ${String(mostCharacters)} characters`, at: mostCharacters };
	const read = tokensOf(text);
	if (!Array.isArray(read)) return read;
	const tokens = read.filter((token) => token.kind !== 'space');
	const faults = [unbalanced(tokens, text.length), ...tokens.map((_, i) => misplaced(tokens, i))].filter((fault) => fault !== null);
	const first = faults.find((fault) => !fault.unlisted) ?? faults[0];
	if (first) return first;
	const aggregating = tokens.some((token, i) => token.kind === 'name' && aggregates.has(spoken(tokens, i)) && spoken(tokens, i + 1) === '(');
	return aggregating ? null : { says: 'it holds no aggregate: a measure is one number over many rows, such as avg(…), sum(…) or count(*)', at: 0, unlisted: true };
}
