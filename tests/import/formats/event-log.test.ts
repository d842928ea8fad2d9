import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readXes } from '../../../src/import/formats/event-log.ts';
import { readParquet } from '../../../src/import/formats/parquet.ts';
import { sharedData } from '../../support/engine.ts';
import { replayable } from '../../support/property.ts';
import { collect, fileOf, readOrRefused, refusal, type Row } from './collect.ts';

const logs = new URL('event-logs/', sharedData);
const there = existsSync(logs);
const bytesOf = (name: string): Uint8Array => new Uint8Array(readFileSync(new URL(name, logs)));

type Event = [id: string, activity: string, instant: number];

/** The Parquet file keeps the clock of the log's own zone, +01:00 throughout (December and January), and not the zone. */
const instantOf = (text: string): number => Date.parse(/(Z|[+-]\d\d:\d\d)$/.test(text) ? text : `${text}+01:00`);
const eventsOf = (rows: readonly Row[], id: string, activity: string, time: string): Event[] => rows.map((row) => [row[id] ?? '', row[activity] ?? '', instantOf(row[time] ?? '')]);

/** These two files have no quotes: cutting at the delimiter reads them. */
const csv = (name: string, delimiter: string): Row[] => {
	const [header = '', ...lines] = new TextDecoder().decode(bytesOf(name)).trim().split(/\r?\n/);
	return lines.map((line) => Object.fromEntries(header.split(delimiter).map((column, i) => [column, line.split(delimiter)[i] ?? ''])));
};

/** Cases, activities, variants, edges and their sum, by the definitions of TRUTHS.md. */
function factsOf(events: readonly Event[]): Record<string, number> {
	const cases = new Map<string, Event[]>();
	for (const event of events) cases.set(event[0], [...(cases.get(event[0]) ?? []), event]);
	const traces = [...cases.values()].map((trace) => trace.map((event, i) => ({ event, i })).sort((a, b) => a.event[2] - b.event[2] || a.i - b.i).map(({ event }) => event[1]));
	const edges = traces.flatMap((trace) => trace.slice(1).map((activity, i) => `${trace[i] ?? ''}→${activity}`));
	return { events: events.length, cases: cases.size, activities: new Set(events.map((event) => event[1])).size, variants: new Set(traces.map((trace) => trace.join('→'))).size, edges: new Set(edges).size, follows: edges.length };
}

const truth = { events: 42, cases: 6, activities: 8, variants: 6, edges: 16, follows: 36 };

describe('running-example, one log in four forms', () => {
	test.skipIf(!there)('XES, CSV, semicolon CSV and Parquet hold the same events, and they are what TRUTHS.md says', async () => {
		const xes = (await collect(readXes, fileOf(bytesOf('running-example.xes'), 'x'))).rows.x ?? [];
		const parquet = (await collect(readParquet, fileOf(bytesOf('running-example.parquet'), 'x'))).rows.x ?? [];
		const all = [
			eventsOf(xes, 'case:concept:name', 'concept:name', 'time:timestamp'),
			eventsOf(parquet, 'case:concept:name', 'concept:name', 'time:timestamp'),
			eventsOf(csv('running-example.csv', ','), 'case:concept:name', 'concept:name', 'time:timestamp'),
			eventsOf(csv('running_example_notebook_semicolon.csv', ';'), 'case_id', 'activity', 'timestamp'),
		];
		for (const events of all) {
			expect(factsOf(events)).toEqual(truth);
			expect(events.map(String).sort()).toEqual(all[0]?.map(String).sort());
		}
	});

	test.skipIf(!there)('columns are named as pm4py names them, dates stay as written, headers are no data', async () => {
		const { rows, sources, lines } = await collect(readXes, fileOf(bytesOf('running-example.xes'), 'x'));
		expect(sources[0]?.columns).toEqual(['concept:name', 'org:resource', 'time:timestamp', 'Activity', 'Resource', 'Costs', 'case:concept:name', 'case:creator']);
		expect(rows.x?.[0]).toEqual({ 'concept:name': 'register request', 'org:resource': 'Pete', 'time:timestamp': '2010-12-30T14:32:00.000+01:00', Activity: 'register request', Resource: 'Pete', Costs: '50', 'case:concept:name': '3', 'case:creator': 'Fluxicon Nitro' });
		expect(lines.x?.[0]).toBe(23);
		expect(sources[0]?.notes).toEqual([{ code: 'xes.log', attributes: { creator: 'Fluxicon Nitro' } }]);
	});
});

const log = (inner: string): string => `<?xml version="1.0"?>\n<log xmlns="http://www.xes-standard.org/">\n${inner}\n</log>`;

describe('event logs', () => {
	test('nested attributes, lists and trace attributes after the events', async () => {
		const { rows, sources } = await collect(readXes, fileOf(log('<trace><event><float key="cost:total" value="1.10"><string key="cur" value="€ &amp; $"/></float><list key="tags"><values><string key="t" value="a"/><string key="t" value="b"/></values></list></event><string key="concept:name" value="c1"/></trace>'), 'x'));
		expect(rows.x).toEqual([{ 'cost:total': '1.10', 'cost:total:cur': '€ & $', 'tags:t': 'a; b', 'case:concept:name': 'c1' }]);
		expect(sources[0]?.notes).toEqual([{ code: 'xes.repeated', column: 'tags:t', cells: 1 }]);
	});

	test('a trace without events is skipped by name; an event outside of traces is a row', async () => {
		const { rows, sources } = await collect(readXes, fileOf(log('<trace><string key="concept:name" value="lonely"/></trace>\n<event><string key="concept:name" value="a"/></event>'), 'x'));
		expect(rows.x).toEqual([{ 'concept:name': 'a' }]);
		expect(sources[0]?.skippedLines).toEqual([{ line: 3, code: 'xes.no-events', text: 'concept:name=lonely' }]);
	});

	test('the encoding that the file names is used', async () => {
		const bytes = Uint8Array.from('<?xml version="1.0" encoding="ISO-8859-1"?><log><event><string key="a" value="\u00fc"/></event></log>', (char) => char.charCodeAt(0));
		expect((await collect(readXes, fileOf(bytes, 'x'))).rows.x).toEqual([{ a: 'ü' }]);
	});

	test.each([
		['<log>\n<trace>\n<event></trace></log>', 'line 3'],
		['<log>\n<trace>', 'line 2'],
		['<html>\n</html>', 'line 1'],
		['<!DOCTYPE log [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>\n<log><event><string key="x" value="&b;"/></event></log>', 'line 2'],
		[log('<container key="a">'.repeat(300)), 'line 3'],
	])('%j is refused at its line', async (text, place) => {
		expect(await refusal(readXes, fileOf(text, 'x'))).toMatchObject({ code: 'files.malformed', detail: { place } });
	});

	test('a log without events is refused', async () => {
		expect((await refusal(readXes, fileOf(log(''), 'x'))).code).toBe('files.no-records');
	});

	test('one trace that would not fit is refused while it is read', async () => {
		const events = '<event><string key="a" value="some words"/></event>'.repeat(50_000);
		expect((await refusal(readXes, fileOf(log(`<trace>${events}</trace>`), 'x'), { memory: 1 << 20 })).code).toBe('files.too-large');
		expect((await collect(readXes, fileOf(log(`<trace>${'<event><string key="a" value="w"/></event>'.repeat(100)}</trace>`.repeat(100)), 'x'), { memory: 1 << 20 })).sources[0]?.rows).toBe(10_000);
	});

	test('any texts in any attributes come back', async () => {
		const key = fc.string({ unit: fc.constantFrom('a', 'b', ':', 'é'), minLength: 1, maxLength: 4 }).filter((text) => !text.startsWith('case:'));
		const text = fc.string({ unit: 'grapheme' }).filter((one) => !/[\u0000-\u001f\ufffe\uffff]/.test(one));
		const quoted = (one: string): string => one.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
		const attributes = (one: Record<string, string>): string => Object.entries(one).map(([name, value]) => `<string key="${quoted(name)}" value="${quoted(value)}"/>`).join('\n');
		const traces = fc.array(fc.record({ own: fc.dictionary(key, text), events: fc.array(fc.dictionary(key, text, { minKeys: 1 }), { minLength: 1 }) }), { minLength: 1 });
		await fc.assert(
			fc.asyncProperty(traces, async (list) => {
				const xml = log(list.map(({ own, events }) => `<trace>${attributes(own)}${events.map((event) => `<event>${attributes(event)}</event>`).join('')}</trace>`).join('\n'));
				const { rows } = await collect(readXes, fileOf(xml, 'x'));
				const filled = rows.x?.map((row) => Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)));
				expect(filled).toEqual(list.flatMap(({ own, events }) => events.map((event) => ({ ...event, ...Object.fromEntries(Object.entries(own).map(([name, value]) => [`case:${name}`, value])) }))));
			}),
			replayable(150),
		);
	});

	test('cut or changed bytes are read or refused, nothing else', async () => {
		const bytes = new TextEncoder().encode(log('<extension name="a"/><trace><string key="a" value="é&lt;"/><event><date key="t" value="2020"/><!-- x --><![CDATA[y]]></event></trace>'));
		await fc.assert(
			fc.asyncProperty(fc.nat(bytes.length), fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { maxLength: 4 }), async (end, changes) => {
				const changed = bytes.slice();
				for (const [at, byte] of changes) changed[at] = byte;
				await readOrRefused(readXes, changed.slice(0, end));
			}),
			replayable(300),
		);
	});
});
