import { normalMargin } from './distributions.ts';
import { LEVEL, survivalInterval, UNKNOWN, type Bounds } from './intervals.ts';
import { exp } from './exact.ts';

/** One event time of a Kaplan–Meier curve; survival holds from t until the next step. */
export interface SurvivalStep {
	t: number;
	atRisk: number;
	events: number;
	survival: number;
	/** Σ d/(n(n−d)) up to t: the variance of survival divided by survival². Infinite once survival is 0. */
	greenwood: number;
}

export type Estimate = { value: number | null } & Bounds;

export interface SurvivalCurve {
	n: number;
	events: number;
	/** The longest time in the data, event or not: nothing is known after it. */
	followUp: number;
	steps: SurvivalStep[];
	median: Estimate;
}

/** The scale on which the pointwise band is symmetric. R's survfit takes 'log' unless told otherwise. */
export type BandScale = 'log-log' | 'log';

/** Kaplan & Meier (1958). A row without the event is censored at its time, after the events of that same time. */
export function kaplanMeier(rows: readonly { time: number; event: boolean }[], level = LEVEL): SurvivalCurve {
	const times = new Float64Array(rows.length);
	const ends = new Float64Array(rows.length);
	let closed = 0;
	rows.forEach(({ time, event }, i) => {
		times[i] = time;
		if (event) ends[closed++] = time;
	});
	return curveOf(times.sort(), ends.subarray(0, closed).sort(), level);
}

/** From every time and from the times of the events alone, both ascending. */
function curveOf(times: Float64Array, ends: Float64Array, level: number): SurvivalCurve {
	const table: Pick<SurvivalStep, 't' | 'atRisk' | 'events'>[] = [];
	for (let i = 0, gone = 0; i < ends.length;) {
		const t = ends[i] ?? 0;
		while ((times[gone] ?? Infinity) < t) gone++;
		let events = 0;
		for (; ends[i] === t; i++) events++;
		table.push({ t, atRisk: times.length - gone, events });
	}
	const steps = survivalSteps(table);
	return {
		n: times.length,
		events: ends.length,
		followUp: times.at(-1) ?? 0,
		steps,
		median: survivalQuantile(steps, 0.5, level),
	};
}

/** The curve from a life table: one row per event time, in order. */
export function survivalSteps(table: readonly { t: number; atRisk: number; events: number }[]): SurvivalStep[] {
	let survival = 1;
	let greenwood = 0;
	return table.map(({ t, atRisk, events }) => {
		survival *= 1 - events / atRisk;
		greenwood += events / (atRisk * (atRisk - events));
		return { t, atRisk, events, survival, greenwood };
	});
}

/**
 * The first time by which a share q has had the event, with the times at which the band crosses
 * (Brookmeyer & Crowley 1982); null where the curve or the band does not get there.
 */
export function survivalQuantile(
	steps: readonly SurvivalStep[],
	q: number,
	level = LEVEL,
	scale: BandScale = 'log-log',
): Estimate {
	const target = 1 - q + 1e-9;
	const band = (step: SurvivalStep): Bounds => {
		if (step.survival <= 0) return { lo: 0, hi: null };
		if (scale === 'log-log') return survivalInterval(step.survival, step.greenwood, level);
		const factor = exp(normalMargin(level) * Math.sqrt(step.greenwood));
		return { lo: step.survival / factor, hi: Math.min(1, step.survival * factor) };
	};
	const reached = (bound: number | null) => bound !== null && bound <= target;
	return {
		value: steps.find((step) => step.survival <= target)?.t ?? null,
		lo: steps.find((step) => reached(band(step).lo))?.t ?? null,
		hi: steps.find((step) => reached(band(step).hi))?.t ?? null,
	};
}

/** The share without the event at t. Null after the follow-up unless the curve has reached 0. */
export function survivalAt(
	steps: readonly SurvivalStep[],
	t: number,
	followUp = Infinity,
	level = LEVEL,
): Estimate & { greenwood: number | null } {
	let lo = 0;
	for (let hi = steps.length; lo < hi;) {
		const mid = (lo + hi) >> 1;
		if ((steps[mid]?.t ?? Infinity) <= t) lo = mid + 1;
		else hi = mid;
	}
	const { survival, greenwood } = steps[lo - 1] ?? { survival: 1, greenwood: 0 };
	if (t > followUp && survival > 0) return { value: null, ...UNKNOWN, greenwood: null };
	return { value: survival, ...survivalInterval(survival, greenwood, level), greenwood };
}

/** Mean time up to tau, open ones included (area under the curve), with its standard error. Null after the follow-up. */
export function restrictedMean(
	steps: readonly SurvivalStep[],
	tau: number,
	followUp = Infinity,
	level = LEVEL,
): { mean: number | null; se: number | null } & Bounds {
	const within = steps.filter((step) => step.t <= tau);
	const last = within.at(-1);
	if (tau > followUp && (last?.survival ?? 1) > 0) return { mean: null, se: null, ...UNKNOWN };
	let area = 0;
	let variance = 0;
	for (let i = within.length - 1, end = tau; i >= 0; i--) {
		const step = within[i];
		if (step === undefined) break;
		area += step.survival * (end - step.t);
		end = step.t;
		const left = step.atRisk - step.events;
		if (left > 0) variance += (area * area * step.events) / (step.atRisk * left);
	}
	const mean = area + (within[0]?.t ?? tau);
	const se = Math.sqrt(variance);
	const half = normalMargin(level) * se;
	return { mean, se, lo: Math.max(0, mean - half), hi: Math.min(tau, mean + half) };
}
