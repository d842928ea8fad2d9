import { bucketEnd } from '../lib/dates.ts';
import { kernelRows, type Kernel, type KernelGroup, type KernelRow } from '../metrics/statistics/kernels.ts';
import type { Chosen, Groups, Vectors } from './vectors.ts';
import { square } from '../metrics/statistics/exact.ts';

type KernelOf<K extends Kernel['kind']> = Extract<Kernel, { kind: K }>;

/** The rows that a kernel's statement would give. */
export function runKernel(vectors: Vectors, kernel: Kernel): KernelRow[] {
	const chosen = vectors.chosen(kernel.from, kernel.where);
	const groups = vectors.groups(kernel.from, kernel.keys);
	switch (kernel.kind) {
		case 'count':
		case 'sum':
		case 'mean':
		case 'share':
		case 'ratio':
			return sums(vectors, kernel, chosen, groups);
		case 'stock':
			return stock(vectors, kernel, chosen, groups);
		case 'quantile':
			return kernelRows(kernel, listed(groups, { x: vectors.numbers(kernel.from, kernel.x) }, vectors.order(kernel.from, kernel.x), chosen, null).filter(({ lists, keys }) => Object.keys(keys).length === 0 || (lists.x?.length ?? 0) > 0), []);
		case 'survival':
		case 'curve': {
			const times = { days: vectors.numbers(kernel.from, kernel.days) };
			const lists = listed(groups, times, vectors.order(kernel.from, kernel.days), chosen, vectors.mask(kernel.from, kernel.event));
			const known = lists.filter(({ lists: { ends, opens }, keys }) => (kernel.kind === 'survival' && Object.keys(keys).length === 0) || (ends?.length ?? 0) + (opens?.length ?? 0) > 0);
			const limits = kernel.kind === 'survival' && kernel.limits !== null ? vectors.once(kernel.limits) : [];
			return kernelRows(kernel, known, limits);
		}
	}
}

/** Groups that have a chosen row; where nothing groups, the one there is. */
function present({ of, keys }: Groups, kernel: Kernel, { rows }: Chosen): (group: number) => boolean {
	if (kernel.keys.length === 0) return () => true;
	const seen = new Uint8Array(keys.length);
	for (const row of rows) seen[of[row] ?? 0] = 1;
	return (group) => seen[group] === 1;
}

/** Sorted lists of each group: all values as `x`, or, with an event, those with it as `ends` and the others as `opens`. */
function listed(groups: Groups, { x, days }: { x?: Float64Array; days?: Float64Array }, order: Int32Array, { mask }: Chosen, event: Uint8Array | null): KernelGroup[] {
	const values = x ?? days ?? new Float64Array();
	const sides = event === null ? 1 : 2;
	const place = (row: number): number => (groups.of[row] ?? 0) * sides + (event?.[row] === 1 ? 1 : 0);
	const counts = new Int32Array(groups.keys.length * sides);
	for (const row of order) if (mask[row] === 1) counts[place(row)] = (counts[place(row)] ?? 0) + 1;
	const lists = Array.from(counts, (count) => new Float64Array(count));
	const at = new Int32Array(counts.length);
	for (const row of order) {
		if (mask[row] !== 1) continue;
		const list = place(row);
		const next = at[list] ?? 0;
		const target = lists[list];
		if (target) target[next] = values[row] ?? 0;
		at[list] = next + 1;
	}
	const none = new Float64Array();
	return groups.keys.map((keys, i) => ({ keys, lists: event === null ? { x: lists[i] ?? none } : { opens: lists[i * 2] ?? none, ends: lists[i * 2 + 1] ?? none } }));
}

function sums(vectors: Vectors, kernel: KernelOf<'count' | 'sum' | 'mean' | 'share' | 'ratio'>, chosen: Chosen, groups: Groups): KernelRow[] {
	const { from } = kernel;
	const { rows } = chosen;
	const isPresent = present(groups, kernel, chosen);
	const size = groups.keys.length;
	const column = (): Float64Array => new Float64Array(size);
	const add = (to: Float64Array, group: number, value: number): void => {
		to[group] = (to[group] ?? 0) + value;
	};
	const out = (columns: Readonly<Record<string, (group: number) => number | null>>): KernelRow[] =>
		groups.keys.flatMap((keys, group) => (isPresent(group) ? [{ ...keys, ...Object.fromEntries(Object.entries(columns).map(([name, of]) => [name, of(group)])) }] : []));
	const { of } = groups;
	switch (kernel.kind) {
		case 'count': {
			const n = column();
			for (const row of rows) add(n, of[row] ?? 0, 1);
			return out({ n: (group) => n[group] ?? 0 });
		}
		case 'sum':
		case 'mean': {
			const x = vectors.numbers(from, kernel.x);
			const [n, total, squares] = [column(), column(), column()];
			for (const row of rows) {
				const value = x[row] ?? NaN;
				if (Number.isNaN(value)) continue;
				const group = of[row] ?? 0;
				add(n, group, 1);
				add(total, group, value);
			}
			const known = (group: number): boolean => (n[group] ?? 0) > 0;
			if (kernel.kind === 'sum') {
				for (const row of rows) if (!Number.isNaN(x[row] ?? NaN)) add(squares, of[row] ?? 0, square(x[row] ?? 0));
				return out({ n: (group) => n[group] ?? 0, total: (group) => (known(group) ? (total[group] ?? 0) : null), squares: (group) => (known(group) ? (squares[group] ?? 0) : null) });
			}
			const mean = total.map((each, group) => each / (n[group] ?? 1));
			for (const row of rows) if (!Number.isNaN(x[row] ?? NaN)) add(squares, of[row] ?? 0, square((x[row] ?? 0) - (mean[of[row] ?? 0] ?? 0)));
			return out({ n: (group) => n[group] ?? 0, mean: (group) => (known(group) ? (mean[group] ?? 0) : null), sd: (group) => ((n[group] ?? 0) > 1 ? Math.sqrt((squares[group] ?? 0) / ((n[group] ?? 0) - 1)) : null) });
		}
		case 'share': {
			const [inDen, inNum] = [vectors.mask(from, kernel.den), vectors.mask(from, kernel.num)];
			const [den, num] = [column(), column()];
			for (const row of rows) {
				if (inDen[row] !== 1) continue;
				add(den, of[row] ?? 0, 1);
				add(num, of[row] ?? 0, inNum[row] ?? 0);
			}
			return out({ den: (group) => den[group] ?? 0, num: (group) => num[group] ?? 0 });
		}
		case 'ratio': {
			const [y, x] = [vectors.numbers(from, kernel.num), vectors.numbers(from, kernel.den)];
			const names = ['sy', 'sx', 'syy', 'sxx', 'sxy'] as const;
			const [n, counts, totals] = [column(), names.map(column), names.map(column)];
			for (const row of rows) {
				const group = of[row] ?? 0;
				const [a, b] = [y[row] ?? NaN, x[row] ?? NaN];
				add(n, group, 1);
				[a, b, a * a, b * b, a * b].forEach((value, i) => {
					const [count, total] = [counts[i], totals[i]];
					if (Number.isNaN(value) || !count || !total) return;
					add(count, group, 1);
					add(total, group, value);
				});
			}
			return out({ n: (group) => n[group] ?? 0, ...Object.fromEntries(names.map((name, i) => [name, (group: number) => ((counts[i]?.[group] ?? 0) > 0 ? (totals[i]?.[group] ?? 0) : null)])) });
		}
	}
}

function stock(vectors: Vectors, kernel: KernelOf<'stock'>, { rows }: Chosen, { of, keys }: Groups): KernelRow[] {
	const edge = (sql: string | null, otherwise: number): number => (sql === null ? otherwise : (vectors.once(`select ${sql}`)[0] ?? otherwise));
	const [from, to, last] = [edge(kernel.window.from, -Infinity), edge(kernel.window.to, Infinity), edge(kernel.last, -Infinity)];
	const moves = [[vectors.numbers(kernel.from, kernel.starts), 1], [vectors.numbers(kernel.from, kernel.ends), -1]] as const;
	let first = Infinity;
	for (const [times] of moves) for (const row of rows) if ((times[row] ?? NaN) < first) first = times[row] ?? first;
	const buckets: number[] = [];
	for (let t = first; t <= last; t = bucketEnd(kernel.grain, t)) buckets.push(t);
	const place = new Map(buckets.map((t, i) => [t, i]));
	const steps = keys.map((): Float64Array | null => null);
	for (const [times, step] of moves) {
		for (const row of rows) {
			const at = place.get(times[row] ?? NaN);
			if (at === undefined) continue;
			const own = (steps[of[row] ?? 0] ??= new Float64Array(buckets.length));
			own[at] = (own[at] ?? 0) + step;
		}
	}
	return keys.flatMap((key, group) => {
		const own = steps[group];
		if (!own) return [];
		let n = 0;
		return buckets.flatMap((t, i) => {
			n += own[i] ?? 0;
			return t >= from && t < to ? [{ ...key, t, n }] : [];
		});
	});
}
