/** What a JSON text is made of, in its order. Numbers come as they are written. */
export interface JsonEvents {
	open(kind: 'object' | 'array', line: number): void;
	close(): void;
	key(name: string): void;
	/** A value that is no container. `quoted`: a string; else a number, true, false or null as written. */
	value(text: string, quoted: boolean, line: number): void;
}

/** The text is no JSON. Line and column count from 1; a column is one UTF-16 unit. */
export class JsonError extends Error {
	readonly reason: string;
	readonly line: number;
	readonly column: number;

	constructor(reason: string, line: number, column: number) {
		super(`${reason} (line ${String(line)}, column ${String(column)})`);
		this.reason = reason;
		this.line = line;
		this.column = column;
	}
}

type Expected = 'value' | 'value or ]' | 'key' | 'key or }' | ':' | ', or ]' | ', or }' | 'end';

const number = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const escapes: Readonly<Record<string, string>> = { '"': '"', '\\': '\\', '/': '/', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };
const deepest = 500;
/** Letters, digits, _ + - . */
const isWord = (code: number): boolean => (code >= 48 && code <= 57) || (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 43 || code === 45 || code === 46 || code === 95;
const [quote, backslash] = [0x22, 0x5c];

/** Reads JSON (RFC 8259) text given in pieces cut anywhere. Takes and refuses what JSON.parse takes and refuses, nested at most 500 deep. */
export class JsonTokens {
	line = 1;
	#lineStart = 0;
	#base = 0;
	#text = '';
	#carry = '';
	#expected: Expected = 'value';
	readonly #open: ('object' | 'array')[] = [];
	#inString = false;
	#string = '';
	#word = '';
	readonly #events: JsonEvents;

	constructor(events: JsonEvents) {
		this.#events = events;
	}

	write(piece: string): void {
		const text = this.#carry + piece;
		this.#carry = '';
		this.#text = text;
		let i = 0;
		while (i < text.length) {
			if (this.#inString) i = this.#inText(i);
			else if (this.#word !== '') i = this.#inWord(i);
			else i = this.#next(i);
		}
		this.#base += text.length - this.#carry.length;
	}

	end(): void {
		this.#text = '';
		if (this.#word !== '') this.#endWord(0);
		if (this.#inString) this.#fail('a text is not closed', 0);
		if (this.#expected !== 'end') this.#fail('it ends too early', 0);
	}

	#fail(reason: string, at: number): never {
		throw new JsonError(reason, this.line, this.#base + at - this.#lineStart + 1);
	}

	#next(i: number): number {
		const code = this.#text.charCodeAt(i);
		if (code === 10) {
			this.line++;
			this.#lineStart = this.#base + i + 1;
			return i + 1;
		}
		if (code === 32 || code === 9 || code === 13) return i + 1;
		const char = this.#text[i] ?? '';
		const expected = this.#expected;
		if (code === quote && (this.#takesValue() || expected.startsWith('key'))) {
			this.#inString = true;
			this.#string = '';
			return i + 1;
		}
		if (char === ':' && expected === ':') this.#expected = 'value';
		else if (char === ',' && expected.startsWith(',')) this.#expected = this.#open.at(-1) === 'object' ? 'key' : 'value';
		else if (char === '}' && (expected === 'key or }' || expected === ', or }')) this.#close();
		else if (char === ']' && (expected === 'value or ]' || expected === ', or ]')) this.#close();
		else if ((char === '{' || char === '[') && this.#takesValue()) this.#begin(char === '{' ? 'object' : 'array', i);
		else if (isWord(code) && this.#takesValue()) this.#word = char;
		else this.#fail(expected === 'end' ? 'text stands after the end' : `here should stand ${named[expected]}, not ${char}`, i);
		return i + 1;
	}

	#takesValue(): boolean {
		return this.#expected === 'value' || this.#expected === 'value or ]';
	}

	#begin(kind: 'object' | 'array', at: number): void {
		if (this.#open.length >= deepest) this.#fail(`it is nested more than ${String(deepest)} deep`, at);
		this.#open.push(kind);
		this.#expected = kind === 'object' ? 'key or }' : 'value or ]';
		this.#events.open(kind, this.line);
	}

	#close(): void {
		this.#open.pop();
		this.#after();
		this.#events.close();
	}

	#after(): void {
		const around = this.#open.at(-1);
		this.#expected = around === undefined ? 'end' : around === 'object' ? ', or }' : ', or ]';
	}

	#inText(start: number): number {
		const text = this.#text;
		let i = start;
		for (; i < text.length; i++) {
			const code = text.charCodeAt(i);
			if (code === quote || code === backslash) break;
			if (code < 32) this.#fail('a text holds a line break or control character', i);
		}
		this.#string += text.slice(start, i);
		if (i >= text.length) return i;
		if (text.charCodeAt(i) === backslash) return this.#escape(i);
		this.#inString = false;
		const string = this.#string;
		this.#string = '';
		if (this.#expected.startsWith('key')) {
			this.#expected = ':';
			this.#events.key(string);
		} else {
			this.#after();
			this.#events.value(string, true, this.line);
		}
		return i + 1;
	}

	#escape(i: number): number {
		const letter = this.#text[i + 1];
		const length = letter === 'u' ? 6 : 2;
		if (letter === undefined || i + length > this.#text.length) {
			const known = this.#text.slice(i);
			if (!/^\\(?:u[0-9a-fA-F]{0,3})?$/.test(known)) this.#fail('an escape is not complete', i);
			this.#carry = known;
			return this.#text.length;
		}
		const hex = this.#text.slice(i + 2, i + 6);
		if (letter === 'u' && !/^[0-9a-fA-F]{4}$/.test(hex)) this.#fail(`\\u${hex} is no character`, i);
		const char = letter === 'u' ? String.fromCharCode(parseInt(hex, 16)) : escapes[letter];
		if (char === undefined) this.#fail(`\\${letter} is no escape`, i);
		this.#string += char;
		return i + length;
	}

	#inWord(start: number): number {
		let i = start;
		while (i < this.#text.length && isWord(this.#text.charCodeAt(i))) i++;
		this.#word += this.#text.slice(start, i);
		if (i < this.#text.length) this.#endWord(i);
		return i;
	}

	#endWord(at: number): void {
		const word = this.#word;
		if (word !== 'true' && word !== 'false' && word !== 'null' && !number.test(word)) this.#fail(`${word.slice(0, 20)} is no value`, at - word.length);
		this.#word = '';
		this.#after();
		this.#events.value(word, false, this.line);
	}
}

const named: Readonly<Record<Expected, string>> = {
	value: 'a value',
	'value or ]': 'a value or ]',
	key: 'a name in quotes',
	'key or }': 'a name in quotes or }',
	':': 'a colon',
	', or ]': 'a comma or ]',
	', or }': 'a comma or }',
	end: 'nothing',
};
