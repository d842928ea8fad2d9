import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readJsonLines } from '../../../src/import/formats/json-lines.ts';
import { replayable } from '../../support/property.ts';
import { collect, fileOf, readOrRefused, refusal } from './collect.ts';

describe('JSON lines', () => {
	test('each line is a record; blank lines are none; line ends of any kind', async () => {
		const { rows, lines } = await collect(readJsonLines, fileOf('{"a":1,"b":{"c":"x"}}\r\n\r\n  {"a":2,"d":[{"e":1}]}\n{"a":3}', 'a.ndjson'));
		expect(rows['a.ndjson']).toEqual([{ a: '1', 'b.c': 'x' }, { a: '2', 'b.c': null }, { a: '3', 'b.c': null }]);
		expect(rows['a.ndjson#d']).toEqual([{ 'parent.a': null, a: '2', e: '1' }].map(({ a, e }) => ({ a, e })));
		expect(lines['a.ndjson']).toEqual([1, 3, 4]);
	});

	test('a bad line is skipped with its number and beginning, and the lines after it are read', async () => {
		const bad = `{"a": ${'9'.repeat(500)}x`;
		const { rows, sources } = await collect(readJsonLines, fileOf(`{"a":1}\n${bad}\n{"a":{"b":[1,\nnull\n5\n{"a":2}\n{"a":3}\n{"a":4}\n{"a":5}`, 'a.ndjson'));
		expect(rows['a.ndjson']?.map(({ a }) => a)).toEqual(['1', '2', '3', '4', '5']);
		expect(sources[0]).toMatchObject({ rows: 5, skipped: 4 });
		expect(sources[0]?.skippedLines).toEqual([{ line: 2, code: 'json.bad-line', text: bad.slice(0, 200) }, { line: 3, code: 'json.bad-line', text: '{"a":{"b":[1,' }, { line: 4, code: 'json.no-record', text: 'null' }, { line: 5, code: 'json.no-record', text: '5' }]);
	});

	test('a file whose lines are mostly none is refused with the first of them', async () => {
		const error = await refusal(readJsonLines, fileOf('{"a":1}\na,b\n1,2\n3,4\n', 'a.ndjson'));
		expect(error).toMatchObject({ code: 'files.malformed', detail: { place: 'line 2, column 1' } });
	});

	test('rows and skipped lines are all lines that are not blank', async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(fc.oneof({ weight: 5, arbitrary: fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.double()), { minKeys: 1 }).map((one) => JSON.stringify(one)) }, fc.string(), fc.constantFrom('', ' ', '5', 'null', '"x"', '{"a":')).map((text) => text.replace(/[\r\n]/g, ''))), async (lines) => {
				const text = lines.join('\n');
				if ((await readOrRefused(readJsonLines, new TextEncoder().encode(text))) === 'refused') return;
				const { sources } = await collect(readJsonLines, fileOf(text, 'a.ndjson'));
				const root = sources.find(({ part }) => part === null);
				expect((root?.rows ?? 0) + (root?.skipped ?? 0)).toBe(lines.filter((line) => line.trim() !== '').length);
			}),
			replayable(300),
		);
	});
});
