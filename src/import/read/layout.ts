import { dialects as says } from '../../lib/texts/dialects.ts';
import type { Choice, Dialect, Note } from '../types.ts';
import { fitKinds, kindOf, mostly, nothing, shapeOf } from './cell-kinds.ts';
import { isBlank, type Reading, type Sampled } from './sniff.ts';
import type { Layout } from './table.ts';

export interface Laid {
	layout: Layout;
	preamble: Choice<number>;
	headers: Choice<number>;
	/** Cells of the header records. */
	names: readonly (readonly string[])[];
	notes: readonly Note[];
}

const BODY = 300;
/** Rows from which the kind of a column is known well enough to judge a single row by it. */
const ENOUGH = 10;

interface Votes {
	for: number;
	against: number;
	/** Columns whose texts are mostly of a kind that a name is not. */
	typed: number;
}

/** What speaks for and against a record naming the columns that the body fills. */
function votes(cells: readonly string[], body: readonly (readonly string[])[], width: number): Votes {
	const count: Votes = { for: 0, against: 0, typed: 0 };
	for (let c = 0; c < width; c++) {
		const cell = cells[c]?.trim() ?? '';
		const texts = body.map((row) => row[c]?.trim() ?? '');
		const kind = mostly(texts);
		const own = kindOf(cell);
		const isYear = own === 'number' && /^(19|20)\d\d$/.test(cell) && !texts.every((text) => /^(19|20)\d\d$/.test(text));
		if (kind !== null && kind !== 'text') {
			count.typed++;
			if (nothing.test(cell)) continue;
			if (kind === 'code' && own === 'code') {
				const same = texts.filter((text) => shapeOf(text) === shapeOf(cell)).length;
				if (same * 2 >= texts.length) count.against++;
			} else if (own === kind && !isYear) count.against++;
			else if (own === 'text' || own === 'code' || isYear) count.for++;
		} else if (cell !== '' && (own === 'number' || own === 'date' || texts.includes(cell))) count.against++;
	}
	return count;
}

const distinct = (cells: readonly string[]): boolean => {
	const filled = cells.map((cell) => cell.trim()).filter((cell) => cell !== '');
	return filled.length > 0 && new Set(filled).size === filled.length;
};
const named = (cells: readonly string[]): boolean => distinct(cells) && cells.every((cell) => !['number', 'date', 'address'].includes(kindOf(cell)));
const filledIn = (cells: readonly string[]): number => cells.filter((cell) => cell.trim() !== '').length;

const bodyOf = (records: readonly Sampled[], from: number, width: number): string[][] => records.slice(from, from + BODY * 2).filter((record) => record.cells.length === width).slice(0, BODY).map((record) => record.cells);

/** Whether a record with another number of cells than the rows under it is their header. */
function isUnevenHeader(cells: readonly string[], next: Sampled | undefined, body: readonly (readonly string[])[], width: number): boolean {
	const trailing = cells.slice(width).every((cell) => cell.trim() === '');
	if (cells.length < 2 || cells.length < width - 1 || !next || !(named(cells) || (trailing && named(cells.slice(0, width))))) return false;
	if (cells.some((cell) => cell.trim().length > 60)) return false;
	const { for: yes, against } = votes(next.cells, body.slice(1), width);
	return yes <= against;
}

function headersFrom(records: readonly Sampled[], start: number, width: number): { count: number; because: string; sure: boolean } {
	const first = records[start]?.cells ?? [];
	const body = bodyOf(records, start + 1, width);
	const { for: yes, against, typed } = votes(first, body, width);
	if (against > yes) return { count: 0, because: says.headers.data(against), sure: yes === 0 && typed === against };
	if (yes === 0 && !named(first)) return { count: 0, because: says.headers.none, sure: false };
	let count = 1;
	while (count < 4) {
		const cells = records[start + count]?.cells;
		const before = records[start + count - 1]?.cells ?? [];
		const under = bodyOf(records, start + count + 1, width);
		if (!cells || cells.length !== width || under.length < 1) break;
		const same = cells.every((cell, c) => cell.trim() === before[c]?.trim()) && filledIn(cells) > 1;
		const more = votes(cells, under, width);
		const strong = under.length > 1 && more.against === 0 && more.for > 1 && more.for === more.typed;
		const grouped = under.length > 1 && filledIn(before) < width && filledIn(cells) > filledIn(before) && more.against === 0 && more.for > 0 && named(cells);
		if (!same && !strong && !grouped) break;
		count++;
	}
	if (count > 1) return { count, because: says.headers.several(count), sure: false };
	if (yes > 0) return { count, because: says.headers.typed(yes, typed), sure: against === 0 };
	return { count, because: says.headers.likely, sure: false };
}

/** Where the table begins in the sample, and what names its columns. `skipped`: lines that were cut off before the sample. */
export function layoutOf(reading: Reading, given: Partial<Dialect>, skipped: Choice<number> | null): Laid {
	const records = reading.records.filter((record) => !isBlank(record));
	let { width } = reading;
	const notes: Note[] = [];
	let start = Math.max(0, records.findIndex((record) => record.cells.length === width));
	if (skipped) start = 0;
	else if (width === 1) while (records[start + 1] && records[start]?.cells[0]?.startsWith('#') === true) start++;
	const body = bodyOf(records, start, width);
	const uneven = records[start - 1];
	if (!skipped && start > 0 && uneven && isUnevenHeader(uneven.cells, records[start], body, width)) start--;
	else if (!skipped && width > 2) {
		for (let ahead = start; ahead < start + 6; ahead++) {
			const cells = records[ahead]?.cells;
			if (!cells || filledIn(cells) > 1) {
				const better = cells && ahead > start && cells.length === width && named(cells) && filledIn(cells) > width / 2;
				if (better && votes(cells, bodyOf(records, ahead + 1, width), width).against === 0) start = ahead;
				break;
			}
		}
	}
	const first = records[start]?.cells ?? [];
	let found = headersFrom(records, start, width);
	if (first.length !== width && records.length > start + 1 && isUnevenHeader(first, records[start + 1], body, width)) found = { count: 1, because: says.headers.uneven, sure: false };
	const count = given.headers ?? found.count;
	let names = records.slice(start, start + count).map((record) => record.cells);
	if (count === 1 && first.length !== width) {
		const extra = first.length > width ? first.slice(width) : [];
		if (first.length > width) {
			if (extra.every((cell) => cell.trim() === '')) names = [first.slice(0, width)];
			else width = first.length;
		} else if (bodyOf(records, start + 1, width).every((row) => row.slice(first.length).every((cell) => cell === ''))) width = first.length;
		else {
			const numbered = body.length > 1 && body.every((row, i) => i === 0 || Number(row[0]) === Number(body[0]?.[0]) + i);
			if (numbered && first.length === width - 1) names = [['', ...first]];
			notes.push({ code: 'header-short', names: first.length, cells: width, shifted: numbered && first.length === width - 1 });
		}
	}
	const before = (records[start]?.line ?? 1) - 1;
	const table = records.slice(start + count);
	const rows = bodyOf(records, start + count, width);
	const kinds = Array.from({ length: width }, (_, c) => (rows.length < ENOUGH ? null : mostly(rows.map((row) => row[c] ?? ''))));
	const longer = table.filter((record) => record.cells.length > width && record.cells.slice(width).every((cell) => cell === ''));
	const choice = <T>(value: T, because: string, others: readonly T[], sure: boolean): Choice<T> => ({ value, because, others: others.filter((other) => other !== value), sure });
	const hasComments = records.slice(0, start).some((record) => record.cells[0]?.startsWith('#') === true);
	return {
		names,
		notes,
		preamble: skipped ?? choice(start === 0 ? 0 : before, start === 0 ? says.preamble.none : says.preamble.some(before, hasComments), [0], start === 0),
		headers: given.headers === undefined ? choice(found.count, found.because, [0, 1, 2, 3], found.sure) : choice(given.headers, says.chosen, [0, 1, 2, 3], true),
		layout: {
			preamble: 0,
			headers: count,
			footer: given.footer ?? null,
			width,
			names: count === 0 ? null : Array.from({ length: width }, (_, c) => names.at(-1)?.[c]?.trim() ?? ''),
			comments: hasComments,
			ragged: table.filter((record) => record.cells.length < width && fitKinds(record.cells, kinds)).length * 10 > table.length,
			kinds,
			firstKind: mostly(rows.map((row) => row[0] ?? '')),
			trailing: longer.length * 10 > table.length * 9,
		},
	};
}
