import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readJson } from '../../../src/import/formats/json.ts';
import { sharedData } from '../../support/engine.ts';
import { replayable } from '../../support/property.ts';
import { collect, fileOf, readOrRefused, refusal, type Row } from './collect.ts';

const tracker = new URL('tracker/initial_advocacy_cases.json', sharedData);
const json = (value: unknown): ReturnType<typeof fileOf> => fileOf(JSON.stringify(value), 'a.json');

type Scalar = string | number | boolean | null;
const scalar = fc.oneof(fc.string({ unit: 'grapheme' }), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.maxSafeInteger(), fc.boolean(), fc.constant(null));
const asText = (value: Scalar | undefined): string | null => (value === null || value === undefined ? null : typeof value === 'string' ? value : JSON.stringify(value));
const name = fc.string({ unit: fc.constantFrom('a', 'b', 'é', '😀', '_', '1'), minLength: 1, maxLength: 5 });
const space = fc.constantFrom('', ' ', '\n', '\t ', '\r\n');

/** Records of one level, keys in any order and some of them missing. */
const records = fc.uniqueArray(name, { minLength: 1, maxLength: 5 }).chain((names) => fc.array(fc.record(Object.fromEntries(names.map((one) => [one, scalar])), { requiredKeys: [] }).chain((record) => fc.shuffledSubarray(Object.keys(record), { minLength: Object.keys(record).length }).map((order): [string, Scalar][] => order.map((key) => [key, record[key] as Scalar]))), { minLength: 1, maxLength: 20 }));

const written = (list: [string, Scalar][][], gap: string, ascii: boolean): string => {
	const quoted = (text: string): string => (ascii ? JSON.stringify(text).replace(/[^ -~]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`) : JSON.stringify(text));
	const one = (value: Scalar): string => (typeof value === 'string' ? quoted(value) : JSON.stringify(value));
	return `${gap}[${list.map((record) => `${gap}{${record.map(([key, value]) => `${gap}${quoted(key)}${gap}:${gap}${one(value)}${gap}`).join(',')}}`).join(`${gap},`)}${gap}]${gap}`;
};

describe('a list of records', () => {
	test('whatever its spacing, escapes, order of keys and missing keys, it is read as it is', async () => {
		await fc.assert(
			fc.asyncProperty(records, space, fc.boolean(), fc.constantFrom('', '\ufeff'), async (list, gap, ascii, mark) => {
				fc.pre(list.some((record) => record.length > 0));
				const { rows, sources } = await collect(readJson, fileOf(mark + written(list, gap, ascii), 'a.json'));
				const names = [...new Set(list.flatMap((record) => record.map(([key]) => key)))];
				expect(sources[0]?.header).toEqual(names);
				expect(rows['a.json']).toEqual(list.map((record): Row => Object.fromEntries(names.map((one) => [one, asText(new Map(record).get(one))]))));
			}),
			replayable(200),
		);
	});

	test('numbers keep the digits that are written', async () => {
		const { rows } = await collect(readJson, fileOf('[{"a":12345678901234567890,"b":1.10,"c":1e400,"d":-0.0,"e":true,"f":null,"g":""}]', 'a.json'));
		expect(rows['a.json']).toEqual([{ a: '12345678901234567890', b: '1.10', c: '1e400', d: '-0.0', e: 'true', f: null, g: '' }]);
	});

	test('each row knows its line', async () => {
		const { lines } = await collect(readJson, fileOf('[\n{"a":1},\n\n{"a":\n2}, {"a":3}]', 'a.json'));
		expect(lines['a.json']).toEqual([2, 4, 5]);
	});

	test('UTF-16 is read by its mark, and bytes that are no text are refused with their line', async () => {
		const text = '[{"é":"ü"}]';
		const utf16 = new Uint8Array(2 + text.length * 2);
		new Uint16Array(utf16.buffer).set([0xfeff, ...[...text].map((char) => char.charCodeAt(0))]);
		expect((await collect(readJson, fileOf(utf16, 'a.json'))).rows['a.json']).toEqual([{ é: 'ü' }]);
		const latin = Uint8Array.from(`[{"a":"x"},\n{"a":"\u00fc"}]`, (char) => char.charCodeAt(0));
		expect(await refusal(readJson, fileOf(latin, 'a.json'))).toMatchObject({ code: 'files.malformed' });
		expect((await collect(readJson, fileOf(latin, 'a.json'), { dialect: { encoding: 'windows-1252' } })).rows['a.json']).toEqual([{ a: 'x' }, { a: 'ü' }]);
	});

	test('records that are lists have their places as names', async () => {
		const { rows, sources } = await collect(readJson, json([['x', 1], ['y', null, [2]]]));
		expect(rows['a.json']).toEqual([{ 1: 'x', 2: '1', 3: null }, { 1: 'y', 2: null, 3: '2' }]);
		expect(sources[0]?.notes).toContainEqual({ code: 'json.rows-as-lists', cells: 2 });
	});

	test('what is no record among records is skipped and shown', async () => {
		const { sources, rows } = await collect(readJson, fileOf('["early",{"a":1},\n7,null,{"a":2}]', 'a.json'));
		expect(rows['a.json']).toEqual([{ a: '1' }, { a: '2' }]);
		expect(sources[0]).toMatchObject({ skipped: 2, skippedLines: expect.arrayContaining([{ line: 2, code: 'json.no-record', text: '7' }, { line: 1, code: 'json.no-record', text: 'early' }]) });
	});
});

describe('nested records', () => {
	test('objects become columns, lists of scalars one text, lists of lists JSON, each with its note', async () => {
		const { rows, sources } = await collect(readJson, json([{ id: 1, at: { city: 'X', geo: { lat: 1.5 } }, tags: ['a', 'b', null], box: [[1, 2], ['3', null]], none: [], nothing: {} }]));
		expect(rows['a.json']).toEqual([{ id: '1', 'at.city': 'X', 'at.geo.lat': '1.5', tags: 'a; b; ', box: '[[1,2],["3",null]]' }]);
		expect(sources[0]?.notes).toEqual([{ code: 'json.joined', column: 'tags', cells: 1 }, { code: 'json.lists', column: 'box', cells: 1 }]);
	});

	test('a list of records within records is a source of its own, with the columns of what it stands in', async () => {
		const { rows, sources } = await collect(readJson, json([{ id: 'C1', open: true, steps: [{ id: 'S1', who: 'A' }, { id: 'S2', notes: [{ text: 'hi' }] }] }, { id: 'C2', steps: [] }, { id: 'C3', open: false, steps: [{ id: 'S3' }, 5] }]));
		expect(sources.map(({ id, part, rows: count }) => [id, part, count])).toEqual([['a.json', null, 3], ['a.json#steps', 'steps', 3], ['a.json#steps.notes', 'steps.notes', 1]]);
		expect(rows['a.json']).toEqual([{ id: 'C1', open: 'true' }, { id: 'C2', open: null }, { id: 'C3', open: 'false' }]);
		expect(rows['a.json#steps']).toEqual([
			{ 'parent.id': 'C1', open: 'true', id: 'S1', who: 'A' },
			{ 'parent.id': 'C1', open: 'true', id: 'S2', who: null },
			{ 'parent.id': 'C3', open: 'false', id: 'S3', who: null },
		]);
		expect(rows['a.json#steps.notes']).toEqual([{ id: 'C1', open: 'true', 'id (2)': 'S2', text: 'hi' }]);
		expect(sources[1]?.skippedLines).toEqual([{ line: 1, code: 'json.no-record', text: '5' }]);
	});

	test('names that look like paths, or hold separators, stay apart', async () => {
		const list = [{ 'a.b': 1, a: { b: 2 }, 'a\u0001b': 3, ' a': 4, 'a ': 5, '': 6, __proto__x: 7, '\u0002\u0002x': 8, x: [{ y: 1 }] }];
		const { rows } = await collect(readJson, fileOf(JSON.stringify(list).replace('__proto__x', '__proto__'), 'a.json'));
		expect(Object.values(rows['a.json']?.[0] ?? {})).toEqual(['1', '2', '3', '4', '5', '6', '7', '8']);
		expect(Object.values(rows['a.json#x']?.[0] ?? {})).toEqual(['1', '2', '3', '4', '5', '6', '7', '8', '1']);
	});

	test('only the lists asked for are given', async () => {
		const { sources } = await collect(readJson, json({ a: [{ x: 1 }], b: [{ x: 2 }] }), { parts: ['b'] });
		expect(sources.map(({ id }) => id)).toEqual(['a.json#b']);
	});

	test('a name that stands twice in a record is noted, and the later value counts', async () => {
		const { rows, sources } = await collect(readJson, fileOf('[{"a":1,"a":2}]', 'a.json'));
		expect(rows['a.json']).toEqual([{ a: '2' }]);
		expect(sources[0]?.notes).toEqual([{ code: 'json.repeated-name', name: 'a', cells: 1 }]);
	});

	test('parent texts that are long are not repeated on every child, and that is noted', async () => {
		const { rows, sources } = await collect(readJson, json([{ id: 1, story: 's'.repeat(2000), steps: [{ n: 1 }] }]));
		expect(rows['a.json#steps']).toEqual([{ id: '1', story: null, n: '1' }]);
		expect(sources[0]?.notes).toContainEqual({ code: 'json.not-carried', column: 'story', cells: 1 });
	});

	test.skipIf(!existsSync(tracker))('S1-F15, S1-F16: the tracker file is 9 cases and their interactions, each interaction with its case', async () => {
		const text = readFileSync(tracker, 'utf8');
		const cases = JSON.parse(text) as { case_id: string; interactions: Record<string, string>[] }[];
		const { rows, sources } = await collect(readJson, fileOf(text, 'cases.json'));
		expect(sources.map(({ part, rows: count }) => [part, count])).toEqual([[null, 9], ['interactions', cases.flatMap((one) => one.interactions).length]]);
		expect(rows['cases.json']?.map((row) => row.case_id)).toEqual(cases.map((one) => one.case_id));
		expect(rows['cases.json#interactions']?.map((row) => [row.case_id, row.interaction_id, row.notes])).toEqual(cases.flatMap((one) => one.interactions.map((inner) => [one.case_id, inner.interaction_id, inner.notes])));
	});
});

describe('objects around lists', () => {
	test('each list of records, however deep, is a source; what stands around them is a column of each', async () => {
		const { rows, sources } = await collect(readJson, fileOf('{"made":"2026-01-01","data":{"cases":[{"id":1}],"people":[{"id":2}],"units":["a","b"],"empty":[]},"n":2}', 'a.json'));
		expect(sources.map(({ part }) => part)).toEqual(['data.cases', 'data.people']);
		expect(rows['a.json#data.cases']).toEqual([{ id: '1', made: '2026-01-01', 'data.units': 'a; b', n: '2' }]);
		expect(rows['a.json#data.people']).toEqual([{ id: '2', made: '2026-01-01', 'data.units': 'a; b', n: '2' }]);
	});

	test('an object without lists of records is one record', async () => {
		expect((await collect(readJson, json({ a: 1, b: { c: 'x' }, d: [1, 2] }))).rows['a.json']).toEqual([{ a: '1', 'b.c': 'x', d: '1; 2' }]);
	});

	test.each([['', 'it is empty'], ['[]', 'no list with records'], ['{}', 'no list with records'], ['42', 'no list with records'], ['[1,2]', 'no records'], ['{"a":[]}', 'no list with records']])('%j holds no records, and is refused so', async (text, reason) => {
		const error = await refusal(readJson, fileOf(text, 'a.json'));
		expect(error.code).toBe('files.no-records');
		expect(error.message).toContain(reason);
	});
});

describe('limits', () => {
	test('broken JSON is refused with line and column', async () => {
		const error = await refusal(readJson, fileOf('[{"a":1},\n{"a":}]', 'a.json'));
		expect(error.message).toBe('a.json cannot be read as JSON: here should stand a value, not } (line 2, column 6).');
	});

	test('what would not fit is refused with the estimate', async () => {
		const list = Array.from({ length: 200_000 }, (_, i) => ({ id: i, text: 'some words of a record' }));
		const error = await refusal(readJson, json(list), { memory: 1 << 20 });
		expect(error).toMatchObject({ code: 'files.too-large', detail: { limit: '1 MB' } });
	});

	test('a record with more columns than a table can have is refused', async () => {
		const wide = Object.fromEntries(Array.from({ length: 6000 }, (_, i) => [`c${String(i)}`, i]));
		expect((await refusal(readJson, json([wide]))).message).toContain('more than 5000 columns');
	});

	test('stopping is heard', async () => {
		const stop = new AbortController();
		stop.abort();
		expect((await refusal(readJson, json([{ a: 1 }]), { signal: stop.signal })).code).toBe('files.stopped');
	});

	test('cut or changed bytes are read or refused, nothing else', async () => {
		const bytes = new TextEncoder().encode(JSON.stringify([{ a: 'é😀', b: { c: [1, { d: 2 }] }, e: [{ f: null }] }, { a: 1 }]));
		await fc.assert(
			fc.asyncProperty(fc.nat(bytes.length), fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { maxLength: 4 }), async (end, changes) => {
				const changed = bytes.slice();
				for (const [at, byte] of changes) changed[at] = byte;
				await readOrRefused(readJson, changed.slice(0, end));
			}),
			replayable(500),
		);
	});

	test('many rows come in several batches with all columns in each, in their order', async () => {
		const list = [...Array.from({ length: 60_000 }, (_, i) => ({ n: i })), { n: 60_000, late: 'x' }];
		const { rows, batches } = await collect(readJson, json(list));
		expect(batches['a.json']).toBe(2);
		expect(rows['a.json']?.[0]).toEqual({ n: '0', late: null });
		expect(rows['a.json']?.every(({ n }, i) => n === String(i))).toBe(true);
		expect(rows['a.json']?.at(-1)).toEqual({ n: '60000', late: 'x' });
	});
});
