import { lifeTable, medianOf, pooledHazard, residualsOf, stepsUntil, type Times } from './life-table.ts';
import { orderStatistics, rankSum } from './order-statistics.ts';

/**
 * A faster way to the rows of a statement: `sql` yields one row a group (its keys, and its numbers in lists), and the sums over
 * sorted lists, which DuckDB does with windows, are made here. The statement stays the definition: both give the same rows.
 */
export type Kernel = { sql: string } & (
	| { kind: 'survival'; /** One row with the times asked for, or null. */ limits: string | null; tested: boolean }
	| { kind: 'curve'; step: number; days: number }
	| { kind: 'quantile'; q: number; tested: boolean }
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

export function kernelRows(kernel: Kernel, groups: readonly KernelGroup[], limits: readonly number[]): KernelRow[] {
	switch (kernel.kind) {
		case 'survival':
			return survivalRows(groups, limits, kernel.tested);
		case 'curve':
			return groups.flatMap((group) => curveRows(group, kernel.step, kernel.days));
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
