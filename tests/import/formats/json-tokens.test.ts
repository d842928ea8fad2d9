import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { JsonError, JsonTokens, type JsonEvents } from '../../../src/import/formats/json-tokens.ts';
import { replayable } from '../../support/property.ts';

/** A whole value from the tokens, numbers through Number. */
function parse(pieces: readonly string[]): unknown {
	const stack: { value: unknown[] | Record<string, unknown>; key: string }[] = [];
	let result: unknown;
	let key = '';
	const put = (value: unknown): void => {
		const top = stack.at(-1);
		if (!top) result = value;
		else if (Array.isArray(top.value)) top.value.push(value);
		else Object.defineProperty(top.value, key, { value, enumerable: true, writable: true, configurable: true });
	};
	const events: JsonEvents = {
		open: (kind) => void stack.push({ value: kind === 'array' ? [] : {}, key }),
		close: () => {
			const closed = stack.pop();
			key = closed?.key ?? '';
			put(closed?.value);
		},
		key: (name) => void (key = name),
		value: (text, quoted) => put(quoted ? text : text === 'null' ? null : text === 'true' ? true : text === 'false' ? false : Number(text)),
	};
	const tokens = new JsonTokens(events);
	for (const piece of pieces) tokens.write(piece);
	tokens.end();
	return result;
}

const parsed = (text: string): unknown => {
	try {
		return { is: JSON.parse(text) as unknown };
	} catch {
		return 'refused';
	}
};

const tokenised = (pieces: readonly string[]): unknown => {
	try {
		return { is: parse(pieces) };
	} catch (error) {
		if (error instanceof JsonError) return 'refused';
		throw error;
	}
};

const cut = (text: string, at: readonly number[]): string[] => {
	const places = [...new Set(at.map((one) => one % (text.length + 1)))].sort((a, b) => a - b);
	return [0, ...places].map((start, i) => text.slice(start, places[i] ?? text.length));
};

/** Text near JSON: valid JSON with a few characters changed, and runs of the characters JSON is made of. */
const nearly = fc.oneof(
	fc.tuple(fc.json(), fc.nat(), fc.constantFrom(...'{}[],:"\\-+.eE0123456789 \n\ttrufalsn\u0001/u')).map(([text, at, char]) => text.slice(0, at % (text.length + 1)) + char + text.slice((at % (text.length + 1)) + 1)),
	fc.array(fc.constantFrom('{', '}', '[', ']', ',', ':', '"', '"a"', '\\', '\\u00e9', '\\ud83d', '-', '0', '01', '1.', '.5', '1e5', '1E-2', 'true', 'nul', 'null', ' ', '\n', '\u00a0', '\ufeff', 'NaN', "'a'"), { maxLength: 12 }).map((parts) => parts.join('')),
);

describe('JSON tokens', () => {
	test('any JSON, however it is cut into pieces, is what JSON.parse makes of it', () => {
		fc.assert(
			fc.property(fc.jsonValue({ maxDepth: 5 }), fc.constantFrom(undefined, 1, '\t', '\r\n'), fc.array(fc.nat(), { maxLength: 8 }), (value, space, at) => {
				const text = JSON.stringify(value, null, space).replaceAll('\n\n', '\n');
				expect(parse(cut(text, at))).toEqual(JSON.parse(text));
			}),
			replayable(500),
		);
	});

	test('strings with any character, escaped or not, come back, at every cut', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary' }), fc.boolean(), (value, ascii) => {
				const plain = JSON.stringify(value);
				const text = ascii ? plain.replace(/[^ -~]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`) : plain;
				for (let at = 0; at <= text.length; at++) expect(parse([text.slice(0, at), text.slice(at)])).toBe(value);
			}),
			replayable(200),
		);
	});

	test('what JSON.parse refuses is refused, what it takes is taken, cut or whole', () => {
		fc.assert(
			fc.property(nearly, fc.array(fc.nat(), { maxLength: 4 }), (text, at) => {
				expect(tokenised([text])).toEqual(parsed(text));
				expect(tokenised(cut(text, at))).toEqual(parsed(text));
			}),
			replayable(5000),
		);
	});

	test.each([
		['[1,\n 2,,3]', 2, 4],
		['{"a": 1,\n\n  "b" 2}', 3, 7],
		['[1, 2', 1, 6],
		['[01]', 1, 2],
		['{"a": "x\ny"}', 1, 9],
		['[1] 2', 1, 5],
		['', 1, 1],
	])('%j is refused at line %i, column %i', (text, line, column) => {
		for (const pieces of [[text], [...text]]) {
			const error = ((): unknown => {
				try {
					return parse(pieces);
				} catch (caught) {
					return caught;
				}
			})();
			expect(error).toBeInstanceOf(JsonError);
			expect(error).toMatchObject({ line, column });
		}
	});

	test('a text of 20 MB in small pieces is read in time that grows with its length', () => {
		const piece = 'x'.repeat(1000);
		const pieces = ['"', ...Array<string>(20_000).fill(piece), '"'];
		const read = parse(pieces);
		expect(typeof read === 'string' && read.length).toBe(20_000_000);
	});

	test('nesting that would exhaust the stack is refused', () => {
		expect(() => parse(['['.repeat(100_000)])).toThrow(/nested more than 500/);
	});
});
