import { ThroughlineError } from '../../lib/errors.ts';
import type { Reader } from '../types.ts';
import { malformed, Room, textOf } from './reading.ts';
import { Table } from './table.ts';
import { XmlError, xmlReading } from './xml.ts';

const attributeKinds = new Set(['string', 'date', 'int', 'float', 'boolean', 'id', 'list', 'container']);
const headers = new Set(['global', 'classifier', 'extension']);

/** Attributes by key; a key that stands twice has its texts joined. */
type Attributes = Map<string, string | null>;

/**
 * An XES log (IEEE 1849) as one table of events, named as pm4py does: trace attributes as `case:…`, event attributes as they are, an
 * attribute within an attribute as `outer:inner`. A trace is in memory until it ends.
 */
export const readXes: Reader = async (file, sink, options) => {
	const room = new Room(file.name, options);
	const table = new Table(file.name, room);
	const log: Attributes = new Map();
	let trace: { attributes: Attributes; events: { attributes: Attributes; line: number }[]; line: number } | null = null;
	let event: { attributes: Attributes; line: number } | null = null;
	let header = 0;
	let waiting = 0;
	let isLog = false;
	const keys: string[] = [];

	const put = (attributes: Attributes, key: string, value: string): void => {
		const before = attributes.get(key);
		const bytes = 2 * value.length + 64;
		room.take(bytes);
		waiting += bytes;
		if (typeof before === 'string') table.note('xes.repeated', attributes === trace?.attributes ? { key: `case ${key}`, name: `case:${key}` } : attributes === log ? undefined : { key: `event ${key}`, name: key });
		attributes.set(key, typeof before === 'string' ? `${before}; ${value}` : value);
	};
	const attribute = (name: string, { key = '', value }: Readonly<Record<string, string>>): void => {
		keys.push(key);
		const attributes = event?.attributes ?? trace?.attributes ?? log;
		if (value !== undefined && name !== 'list' && name !== 'container') put(attributes, keys.join(':'), value);
	};
	const row = (attributes: Attributes, line: number, around: Attributes): void => {
		for (const [key, text] of attributes) table.cell(`event ${key}`, key, text);
		for (const [key, text] of around) table.cell(`case ${key}`, `case:${key}`, text);
		table.endRow(line);
	};
	const endTrace = (): void => {
		if (!trace) return;
		for (const { attributes, line } of trace.events) row(attributes, line, trace.attributes);
		if (trace.events.length === 0) table.skip(trace.line, 'xes.no-events', [...trace.attributes].map(([key, text]) => `${key}=${text ?? ''}`).join(', '));
		trace = null;
		room.take(-waiting);
		waiting = 0;
	};

	const xml = await xmlReading({
		open(name, attributes, line) {
			if (!isLog && name !== 'log') throw malformed(file.name, 'an event log (XES)', `its outermost element is ${name}, not log`, `line ${String(line)}`);
			isLog = true;
			if (header > 0 || headers.has(name)) header++;
			else if (attributeKinds.has(name)) attribute(name, attributes);
			else if (name === 'trace') trace = { attributes: new Map(), events: [], line };
			else if (name === 'event') event = { attributes: new Map(), line };
		},
		close(name) {
			if (header > 0) header--;
			else if (attributeKinds.has(name)) keys.pop();
			else if (name === 'trace') endTrace();
			else if (name === 'event' && event) {
				if (trace) trace.events.push(event);
				else row(event.attributes, event.line, new Map());
				event = null;
			}
		},
	});
	try {
		for await (const text of textOf(file, options, 'an event log (XES)', () => table.rows, () => `line ${String(xml.line())}`)) xml.write(text);
		xml.end();
	} catch (error) {
		if (error instanceof XmlError) throw malformed(file.name, 'an event log (XES)', error.message, `line ${String(error.line)}`);
		throw error;
	}
	if (table.rows === 0) throw new ThroughlineError('files.no-records', { file: file.name, reason: 'the log has no events' });
	const notes = log.size > 0 ? [{ code: 'xes.log', attributes: Object.fromEntries(log) }] : [];
	return [table.deliver(sink, { id: file.name, file: file.name, part: null, format: 'event-log', notes })];
};
