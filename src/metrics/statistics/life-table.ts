import { exp, ln, power } from './exact.ts';

/** Times of one group, ascending: of rows with the event, and of rows still open. */
export interface Times {
	ends: Float64Array;
	opens: Float64Array;
}

/** A Kaplan–Meier curve at its event times. `g` is Greenwood's Σ d/(r(r−d)), which leaves out the step that ends the curve. */
export interface LifeTable {
	t: Float64Array;
	s: Float64Array;
	g: Float64Array;
	steps: number;
}

const z95 = 1.959963984540054;
/** A product of shares that is one half by arithmetic may come out a little above it. */
const half = 0.500000001;

export function lifeTable({ ends, opens }: Times): LifeTable {
	const [t, s, g] = [new Float64Array(ends.length), new Float64Array(ends.length), new Float64Array(ends.length)];
	let [steps, survival, greenwood, censored] = [0, 1, 0, 0];
	for (let i = 0; i < ends.length;) {
		const time = ends[i] ?? 0;
		while (censored < opens.length && (opens[censored] ?? 0) < time) censored++;
		const atRisk = ends.length - i + opens.length - censored;
		let events = 0;
		for (; i < ends.length && ends[i] === time; i++) events++;
		survival *= 1 - events / atRisk;
		if (atRisk > events) greenwood += events / (atRisk * (atRisk - events));
		t[steps] = time;
		s[steps] = survival;
		g[steps] = greenwood;
		steps++;
	}
	return { t, s, g, steps };
}

/** The first time at which the curve, and the edges of its log(−log) band, reach one half. */
export function medianOf({ t, s, g, steps }: LifeTable): { value: number | null; lo: number | null; hi: number | null } {
	let [value, lo, hi]: (number | null)[] = [null, null, null];
	for (let i = 0; i < steps && (value === null || lo === null || hi === null); i++) {
		const [time, survival] = [t[i] ?? 0, s[i] ?? 0];
		const spread = survival > 0 ? exp((z95 * Math.sqrt(g[i] ?? 0)) / -ln(survival)) : 1;
		if (survival <= half) value ??= time;
		if (survival <= 0 || power(survival, spread) <= half) lo ??= time;
		if (survival > 0 && power(survival, 1 / spread) <= half) hi ??= time;
	}
	return { value: value ?? null, lo: lo ?? null, hi: hi ?? null };
}

/** How many steps stand at or before a time. */
export function stepsUntil({ t, steps }: LifeTable, time: number): number {
	let [from, to] = [0, steps];
	while (from < to) {
		const middle = (from + to) >> 1;
		if ((t[middle] ?? Infinity) <= time) from = middle + 1;
		else to = middle;
	}
	return from;
}

/** The Nelson–Aalen hazard of all groups together: event times and Σ d/r up to each. */
export function pooledHazard({ ends, opens }: Times): { t: Float64Array; h: Float64Array; steps: number } {
	const [t, h] = [new Float64Array(ends.length), new Float64Array(ends.length)];
	let [steps, hazard, censored] = [0, 0, 0];
	for (let i = 0; i < ends.length;) {
		const time = ends[i] ?? 0;
		while (censored < opens.length && (opens[censored] ?? 0) < time) censored++;
		const atRisk = ends.length - i + opens.length - censored;
		let events = 0;
		for (; i < ends.length && ends[i] === time; i++) events++;
		hazard += events / atRisk;
		t[steps] = time;
		h[steps] = hazard;
		steps++;
	}
	return { t, h, steps };
}

/** Σ (event − H) and Σ (event − H)² over one group: its martingale residuals. */
export function residualsOf({ ends, opens }: Times, { t, h, steps }: ReturnType<typeof pooledHazard>): { score: number; squares: number } {
	let [score, squares] = [0, 0];
	for (const [times, event] of [[ends, 1], [opens, 0]] as const) {
		for (let i = 0, passed = 0; i < times.length; i++) {
			while (passed < steps && (t[passed] ?? 0) <= (times[i] ?? 0)) passed++;
			const residual = event - (passed > 0 ? (h[passed - 1] ?? 0) : 0);
			score += residual;
			squares += residual * residual;
		}
	}
	return { score, squares };
}
