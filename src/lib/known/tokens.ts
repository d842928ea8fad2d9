export interface Token {
	/** `word`: unquoted and lower case; `name`: quoted; `ref` and `source`: of a template, by what it names. */
	kind: 'word' | 'name' | 'literal' | 'ref' | 'source' | 'mark';
	text: string;
}

const form = /--[^\n]*|\/\*[\s\S]*?\*\/|\{\{\s*(?<verb>ref|source|var)\(\s*'(?<first>[^']*)'\s*(?:,\s*'(?<second>[^']*)'\s*)?\)\s*\}\}|'(?:[^']|'')*'|"(?<name>(?:[^"]|"")*)"|(?<word>[A-Za-z_]\w*)|(?<number>\d[\w.]*)|(?<mark>::|\S)/g;

/** SQL of one statement or expression, with `{{ … }}` templates, as a list of what it is made of. */
export function tokensOf(sql: string): Token[] {
	return [...sql.matchAll(form)].flatMap(({ 0: whole, groups = {} }): Token[] => {
		const { verb, first = '', second, name, word, mark } = groups;
		if (verb === 'ref') return [{ kind: 'ref', text: first }];
		if (verb === 'source') return [{ kind: 'source', text: second ?? first }];
		if (name !== undefined) return [{ kind: 'name', text: name.replaceAll('""', '"') }];
		if (word !== undefined) return [{ kind: 'word', text: word.toLowerCase() }];
		if (mark !== undefined) return [{ kind: 'mark', text: mark }];
		return whole.startsWith('--') || whole.startsWith('/*') ? [] : [{ kind: 'literal', text: whole }];
	});
}

export const isWord = (token: Token | undefined, ...words: readonly string[]): boolean => token?.kind === 'word' && words.includes(token.text);
export const isMark = (token: Token | undefined, mark: string): boolean => token?.kind === 'mark' && token.text === mark;

/** Just after the bracket that closes the one at `open`. */
export function closing(tokens: readonly Token[], open: number): number {
	let depth = 0;
	for (let at = open; at < tokens.length; at++) {
		if (isMark(tokens[at], '(')) depth++;
		if (isMark(tokens[at], ')') && --depth === 0) return at + 1;
	}
	return tokens.length;
}

/** Places outside all brackets at which `is` holds. */
export function placesOf(tokens: readonly Token[], is: (token: Token, at: number) => boolean): number[] {
	const found: number[] = [];
	let depth = 0;
	tokens.forEach((token, at) => {
		if (isMark(token, ')')) depth--;
		if (depth === 0 && is(token, at)) found.push(at);
		if (isMark(token, '(')) depth++;
	});
	return found;
}

export function parted(tokens: readonly Token[], places: readonly number[]): Token[][] {
	return [...places, tokens.length].map((end, i) => tokens.slice(i === 0 ? 0 : (places[i - 1] ?? 0) + 1, end));
}

export const listed = (tokens: readonly Token[]): Token[][] => parted(tokens, placesOf(tokens, (token) => isMark(token, ',')));
