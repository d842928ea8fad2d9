import type { Grain } from '../../pack/types.ts';
import { lifeTable, medianOf, pooledHazard, residualsOf, stepsUntil, type Times } from './life-table.ts';
import { orderStatistics, rankSum } from './order-statistics.ts';

/** A group column: SQL over the mart's columns; numbers are times in ms. */
export interface KernelKey {
	name: string;
	sql: string;
	text: boolean;
}

/** Rows of a mart that meet all conditions, by groups. Everything is SQL that looks at one row of the mart alone. */
interface Over {
	/** The mart, as FROM names it. */
	from: string;
	where: readonly string[];
	keys: readonly KernelKey[];
}

/**
 * A faster way to the rows of a statement: each expression is one column over the whole mart, read once and kept until the data
 * changes, and sums over the chosen rows are made here. The statement stays the definition: both give the same rows.
 */
export type Kernel = Over &
	(
		| { kind: 'count' }
		| { kind: 'sum' | 'mean'; x: string }
		| { kind: 'share' | 'ratio'; num: string; den: string }
		/** `days` until the event or until now, `event` whether it came. `limits`: a statement whose one row holds the times asked for. */
		| { kind: 'survival'; days: string; event: string; limits: string | null; tested: boolean }
		| { kind: 'curve'; days: string; event: string; step: number; until: number }
		| { kind: 'quantile'; x: string; q: number; tested: boolean }
		/** A stock at the end of each bucket: `starts` and `ends` are the buckets (ms) in which a row comes and goes, `last` the bucket of now. */
		| { kind: 'stock'; starts: string; ends: string; grain: Grain; last: string; window: { from: string | null; to: string | null } }
	);

type Cell = string | number | null;
export type KernelRow = Record<string, Cell>;

/** One group: its keys, and its lists ascending by name. */
export interface KernelGroup {
	keys: KernelRow;
	lists: Readonly<Record<string, Float64Array>>;
}

const none = new Float64Array();
const timesOf = ({ lists }: KernelGroup): Times => ({ ends: lists.ends ?? none, opens: lists.opens ?? none });

/** All of them in order. */
export function merged(arrays: readonly Float64Array[]): Float64Array {
	if (arrays.length === 1) return arrays[0] ?? none;
	const all = new Float64Array(arrays.reduce((sum, array) => sum + array.length, 0));
	let at = 0;
	for (const array of arrays) {
		all.set(array, at);
		at += array.length;
	}
	return all.sort();
}

/** The rows of a kernel that is made of sorted lists: `ends` and `opens` in days, or `x`. */
export function kernelRows(kernel: Extract<Kernel, { kind: 'survival' | 'curve' | 'quantile' }>, groups: readonly KernelGroup[], limits: readonly number[]): KernelRow[] {
	switch (kernel.kind) {
		case 'survival':
			return survivalRows(groups, limits, kernel.tested);
		case 'curve':
			return groups.flatMap((group) => curveRows(group, kernel.step, kernel.until));
		case 'quantile': {
			const pooled = kernel.tested ? merged(groups.map(({ lists }) => lists.x ?? none)) : none;
			return groups.map(({ keys, lists: { x = none } }) => ({ ...keys, ...orderStatistics(x, kernel.q), ...(kernel.tested ? { ranks: rankSum(x, pooled) } : {}) }));
		}
	}
}

function survivalRows(groups: readonly KernelGroup[], limits: readonly number[], tested: boolean): KernelRow[] {
	const hazard = tested ? pooledHazard({ ends: merged(groups.map((group) => timesOf(group).ends)), opens: merged(groups.map((group) => timesOf(group).opens)) }) : null;
	return groups.map((group) => {
		const times = timesOf(group);
		const { ends, opens } = times;
		const n = ends.length + opens.length;
		const longest = n > 0 ? Math.max(ends.at(-1) ?? -Infinity, opens.at(-1) ?? -Infinity) : null;
		const table = lifeTable(times);
		const at = limits.map((limit, i): KernelRow => {
			const steps = stepsUntil(table, limit);
			const s = steps > 0 ? (table.s[steps - 1] ?? 1) : 1;
			return { [`s${String(i)}`]: (longest !== null && longest >= limit) || s === 0 ? s : null, [`g${String(i)}`]: steps > 0 ? (table.g[steps - 1] ?? 0) : 0 };
		});
		return { ...group.keys, n, events: n > 0 ? ends.length : null, longest, ...medianOf(table), ...Object.assign({}, ...at) as KernelRow, ...(hazard ? residualsOf(times, hazard) : {}) };
	});
}

function curveRows(group: KernelGroup, step: number, days: number): KernelRow[] {
	const { t, s, g, steps } = lifeTable(timesOf(group));
	const open = group.lists.opens?.length ?? 0;
	const rows: KernelRow[] = [];
	const binOf = (i: number): number | null => (i < steps && (t[i] ?? Infinity) <= days ? Math.ceil((t[i] ?? 0) / step) * step : null);
	for (let i = 0, bin = binOf(0); bin !== null; i++) {
		const next = binOf(i + 1);
		if (next !== bin) rows.push({ ...group.keys, open, t: bin, s: s[i] ?? null, g: g[i] ?? null });
		bin = next;
	}
	return rows.length > 0 ? rows : [{ ...group.keys, open, t: null, s: null, g: null }];
}
