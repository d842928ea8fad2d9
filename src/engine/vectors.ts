import { literal } from '../lib/sql-text.ts';
import { tableFromIPC } from '@uwdata/flechette';
import { belongingOf } from '../lib/belonging.ts';
import type { KernelKey, KernelRow } from '../metrics/statistics/kernels.ts';
import type { Duck } from './duckdb.ts';

/** A number for each row, and the keys that the numbers stand for. */
export interface Groups {
	of: Int32Array;
	keys: readonly KernelRow[];
}

interface Codes {
	of: Int32Array;
	values: readonly (string | number | null)[];
}

export interface Chosen {
	mask: Uint8Array;
	rows: Int32Array;
}

/**
 * Columns over all rows of a mart, each an expression that was evaluated once, in the order in which the mart stands. Kept until
 * `clear`, those used latest surviving within a number of bytes.
 */
export class Vectors {
	readonly #duck: Duck;
	readonly #limit: number;
	readonly #kept = new Map<string, { value: unknown; bytes: number }>();
	/** By mart: the table that stands for it. */
	readonly #standing = new Map<string, string>();
	#bytes = 0;

	constructor(duck: Duck, limit = 256 * 1024 * 1024) {
		this.#duck = duck;
		this.#limit = limit;
	}

	clear(): void {
		for (const [mart, table] of this.#standing) if (table !== mart) this.#duck.run(`drop table if exists ${table}`);
		this.#standing.clear();
		this.#kept.clear();
		this.#bytes = 0;
	}

	/** Values as numbers; NaN where there is none. */
	numbers(from: string, sql: string): Float64Array {
		return this.#keep(`numbers ${from} ${sql}`, (values) => values.byteLength, () => Float64Array.from(this.#column(from, `coalesce((${sql})::double, 'nan'::double)`) as Float64Array));
	}

	/** 1 where the condition is true. */
	mask(from: string, condition: string): Uint8Array {
		return this.#keep(`mask ${from} ${condition}`, (values) => values.byteLength, () => {
			const belonging = belongingOf(condition);
			const places = belonging && this.#places(from, belonging.key, belonging.mart);
			if (!places) return Uint8Array.from(this.#column(from, `coalesce(${condition}, false)::utinyint`) as Uint8Array);
			const there = this.mask(belonging.mart, belonging.condition);
			return Uint8Array.from(places, (place) => there[place] ?? 0);
		});
	}

	/** For each row the place of the one row of the mart with its key, −1 where there is none; null where a key has several. */
	#places(from: string, key: string, mart: string): Int32Array | null {
		return this.#keep(`places ${from} ${key} ${mart}`, (places) => places?.byteLength ?? 0, () => {
			const bytes = this.#duck.bytes(`select f.rowid::double as i, coalesce(m.rowid, -1)::integer as v from ${this.#tableOf(from)} as f left join ${this.#tableOf(mart)} as m on m.${key} = f.${key}`);
			const [rows, found] = [cells(bytes, 'i'), cells(bytes, 'v')];
			if (found.length !== this.#count(from)) return null;
			const places = new Int32Array(found.length);
			for (let i = 0; i < found.length; i++) places[Number(rows[i])] = Number(found[i]);
			return places;
		});
	}

	/** All groups that the mart has; without keys one. */
	groups(from: string, keys: readonly KernelKey[]): Groups {
		return this.#keep(`groups ${from} ${keys.map(({ name, sql }) => `${name} ${sql}`).join('\n')}`, ({ of, keys: found }) => of.byteLength + found.length * 64, () => together(keys, keys.map((key) => this.#codes(from, key)), () => this.#count(from)));
	}

	#codes(from: string, { sql, text }: KernelKey): Codes {
		return this.#keep(`codes ${from} ${sql}`, ({ of, values }) => of.byteLength + values.length * 32, () => coded(this.#column(from, text ? `(${sql})::varchar` : `(${sql})::double`)));
	}

	/** The rows that have a value, ascending by it. */
	order(from: string, sql: string): Int32Array {
		return this.#keep(`order ${from} ${sql}`, (values) => values.byteLength, () => ascending(this.numbers(from, sql)));
	}

	/** The numbers of a statement's one row. */
	once(sql: string): readonly number[] {
		return this.#keep(`once ${sql}`, (values) => values.length * 8, () => Object.values(this.#duck.rows(sql)[0] ?? {}).map(Number));
	}

	chosen(from: string, conditions: readonly string[]): Chosen {
		return this.#keep(`chosen ${from} ${conditions.join('\n')}`, ({ mask, rows }) => mask.byteLength + rows.byteLength, () => all(conditions.map((condition) => this.mask(from, condition)), () => this.#count(from)));
	}

	#count(from: string): number {
		return this.once(`select count(*)::double as n from ${from}`)[0] ?? 0;
	}

	/** A join inside a condition may give rows in another order: they are put back by their row number. */
	#column(from: string, sql: string): ArrayLike<unknown> {
		const table = this.#tableOf(from);
		if (!/\bselect\b/i.test(sql)) return cells(this.#duck.bytes(`select ${sql} as v from ${table}`), 'v');
		const bytes = this.#duck.bytes(`select rowid::double as i, ${sql} as v from ${table}`);
		const [places, values] = [cells(bytes, 'i'), cells(bytes, 'v')];
		const placed = new Array<unknown>(values.length);
		for (let i = 0; i < values.length; i++) placed[Number(places[i])] = values[i];
		return placed;
	}

	/** A mart that stands as a query has no rows in an order of their own: they are written down when they are first asked. */
	#tableOf(from: string): string {
		const known = this.#standing.get(from);
		if (known !== undefined) return known;
		const name = from.replaceAll('"', '');
		const isView = this.#duck.rows(`select view_name from duckdb_views() where database_name = current_database() and schema_name || '.' || view_name = ${literal(name)}`).length > 0;
		const table = isView ? `temp."rows_of_${name}"` : from;
		if (isView) this.#duck.run(`create or replace temp table ${table.replace('temp.', '')} as select * from ${from}`);
		this.#standing.set(from, table);
		return table;
	}

	#keep<T>(name: string, size: (value: T) => number, make: () => T): T {
		const known = this.#kept.get(name);
		if (known) {
			this.#kept.delete(name);
			this.#kept.set(name, known);
			return known.value as T;
		}
		const value = make();
		const bytes = size(value);
		this.#kept.set(name, { value, bytes });
		this.#bytes += bytes;
		for (const [oldest, old] of this.#kept) {
			if (this.#bytes <= this.#limit || oldest === name) break;
			this.#kept.delete(oldest);
			this.#bytes -= old.bytes;
		}
		return value;
	}
}

const cells = (bytes: Uint8Array, name: string): ArrayLike<unknown> => tableFromIPC(bytes, { useProxy: false }).getChild(name).toArray() as ArrayLike<unknown>;

function coded(values: ArrayLike<unknown>): Codes {
	const codes = new Map<unknown, number>();
	const of = new Int32Array(values.length);
	for (let i = 0; i < values.length; i++) {
		const value = values[i] ?? null;
		let code = codes.get(value);
		if (code === undefined) codes.set(value, (code = codes.size));
		of[i] = code;
	}
	return { of, values: [...codes.keys()] as (string | number | null)[] };
}

function together(keys: readonly KernelKey[], columns: readonly Codes[], count: () => number): Groups {
	const [first, second] = columns;
	if (!first) return { of: new Int32Array(count()), keys: [{}] };
	const named = (values: readonly (string | number | null)[]): KernelRow => Object.fromEntries(keys.map(({ name }, i) => [name, values[i] ?? null]));
	if (!second) return { of: first.of, keys: first.values.map((value) => named([value])) };
	const numbers = new Map<number, number>();
	const found: KernelRow[] = [];
	const of = first.of.map((_, row) => {
		const code = columns.reduce((sum, column) => sum * column.values.length + (column.of[row] ?? 0), 0);
		let number = numbers.get(code);
		if (number === undefined) {
			numbers.set(code, (number = found.length));
			found.push(named(columns.map((column) => column.values[column.of[row] ?? 0] ?? null)));
		}
		return number;
	});
	return { of, keys: found };
}

/** Places by value: each value's rank among the sorted ones, equal values in the order of their rows. */
export function ascending(values: Float64Array): Int32Array {
	const known = values.filter((value) => !Number.isNaN(value)).sort();
	const order = new Int32Array(known.length);
	const taken = new Int32Array(known.length);
	for (let i = 0; i < values.length; i++) {
		const value = values[i] ?? NaN;
		if (Number.isNaN(value)) continue;
		let [from, to] = [0, known.length];
		while (from < to) {
			const middle = (from + to) >> 1;
			if ((known[middle] ?? 0) < value) from = middle + 1;
			else to = middle;
		}
		order[from + (taken[from] ?? 0)] = i;
		taken[from] = (taken[from] ?? 0) + 1;
	}
	return order;
}

function all(masks: readonly Uint8Array[], count: () => number): Chosen {
	const length = masks[0]?.length ?? count();
	const mask = new Uint8Array(length).fill(1);
	for (const each of masks) for (let i = 0; i < length; i++) mask[i] = (mask[i] ?? 0) & (each[i] ?? 0);
	let chosen = 0;
	for (let i = 0; i < length; i++) chosen += mask[i] ?? 0;
	const rows = new Int32Array(chosen);
	for (let i = 0, at = 0; i < length; i++) if (mask[i] === 1) rows[at++] = i;
	return { mask, rows };
}
