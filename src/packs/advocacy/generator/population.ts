import { chance, choice, integer, normal, randomStream, shuffle, weighted } from '../../../lib/random.ts';
import type { Random } from '../../../lib/random.ts';
import { DAY, HOUR, weekday } from './plan.ts';
import type { Plan } from './plan.ts';
import * as words from './vocabulary.ts';
import type { Advocates, Cases, Patients, World } from './world.ts';

const WEEKDAY_LOAD = [0.25, 1.25, 1.2, 1.1, 1.1, 1, 0.4];
const HOUR_LOAD = [1, 1, 1, 1, 1, 2, 4, 8, 14, 18, 20, 19, 16, 17, 18, 17, 15, 11, 8, 7, 6, 4, 3, 2];

function codes(random: Random, count: number, weights: readonly number[]): Uint8Array {
	return Uint8Array.from({ length: count }, () => weighted(random, weights));
}

/** Instants of a Poisson process whose rate follows hour and weekday, given how many there are. */
export function arrivals(random: Random, plan: Plan): Int32Array {
	const hours = Math.floor(plan.end / HOUR);
	const cumulative = new Float64Array(hours + 1);
	for (let hour = 0; hour < hours; hour++) {
		const rate = (WEEKDAY_LOAD[weekday(plan, Math.floor(hour / 24))] ?? 0) * (HOUR_LOAD[hour % 24] ?? 0);
		cumulative[hour + 1] = (cumulative[hour] ?? 0) + rate;
	}
	const total = cumulative[hours] ?? 0;
	const draws = Float64Array.from({ length: plan.cases }, () => random() * total).sort();
	const created = new Int32Array(plan.cases);
	let hour = 0;
	draws.forEach((draw, id) => {
		while ((cumulative[hour + 1] ?? Infinity) <= draw) hour++;
		const from = cumulative[hour] ?? 0;
		const share = (draw - from) / ((cumulative[hour + 1] ?? 0) - from);
		created[id] = Math.floor((hour + share) * HOUR);
	});
	return created;
}

function newPatients(plan: Plan): Patients {
	const random = randomStream(plan.seed, 'patients');
	const count = plan.patients;
	return {
		insurance: codes(random, count, words.INSURANCE_WEIGHTS),
		channel: codes(random, count, words.CHANNEL_WEIGHTS),
		state: codes(random, count, words.STATE_WEIGHTS),
		risk: Int16Array.from({ length: count }, () =>
			chance(random, 0.02) ? -1 : Math.floor(Math.min(99, Math.max(0, normal(random, 45, 20)))),
		),
		created: Int32Array.from({ length: count }, () => -Math.floor(random() * 2 * 365 * DAY) - 1).sort(),
	};
}

/** Shares of the whole as even as counts allow, in a random order. */
function evenly(random: Random, count: number, weights: readonly number[]): number[] {
	const total = weights.reduce((sum, weight) => sum + weight, 0);
	let reached = 0;
	const ends = weights.map((weight) => (reached += weight) / total);
	const values = Array.from({ length: count }, (_, i) => Math.max(0, ends.findIndex((end) => (i + 0.5) / count < end)));
	return shuffle(random, values);
}

function newAdvocates(plan: Plan): Advocates {
	const random = randomStream(plan.seed, 'advocates');
	const count = plan.advocates;
	const pairs = words.FIRST_NAMES.flatMap((first) => words.LAST_NAMES.map((last) => `${first} ${last}`));
	const specialty = Uint8Array.from(evenly(random, count, words.SPECIALTY_WEIGHTS));
	const capacity = Uint8Array.from({ length: count }, () => integer(random, 18, 26));
	const overloaded = new Uint8Array(count);
	const order = shuffle(random, Array.from({ length: count }, (_, i) => i));
	for (const advocate of order.slice(0, plan.overloaded)) {
		overloaded[advocate] = 1;
		specialty[advocate] = words.GENERAL;
		capacity[advocate] = integer(random, 18, 21);
	}
	return {
		names: shuffle(random, pairs).slice(0, count),
		specialty,
		team: Uint8Array.from(evenly(random, count, words.TEAM_WEIGHTS)),
		capacity,
		hired: Int32Array.from({ length: count }, () => plan.firstDay - integer(random, 30, 1500)),
		limit: capacity.map((cases, i) => (overloaded[i] ? Math.floor(cases * 1.35) : cases - 1)),
		overloaded,
	};
}

function barrierMask(random: Random): number {
	if (chance(random, 0.07)) return 0;
	let mask = 0;
	const count = 1 + weighted(random, [0.46, 0.41, 0.13]);
	const order = shuffle(random, [0, 1, 2, 3]);
	for (const barrier of order.slice(0, count)) mask |= 1 << barrier;
	return mask;
}

function newCases(plan: Plan): Cases {
	const random = randomStream(plan.seed, 'cases');
	const count = plan.cases;
	const missingDocs = Uint8Array.from({ length: count }, () => (chance(random, 0.3) ? 1 : 0));
	return {
		created: arrivals(randomStream(plan.seed, 'arrivals'), plan),
		patient: Int32Array.from({ length: count }, () => Math.floor(random() * plan.patients)),
		type: codes(random, count, words.CASE_TYPE_WEIGHTS),
		urgency: codes(random, count, words.URGENCY_WEIGHTS),
		complexity: codes(random, count, words.COMPLEXITY_WEIGHTS),
		intake: codes(random, count, words.INTAKE_WEIGHTS),
		barriers: Uint8Array.from({ length: count }, () => barrierMask(random)),
		missingDocs,
		documents: missingDocs.map((missing) => (missing ? 0 : choice(random, [1, 2, 3, 4]))),
		firstDocument: Uint8Array.from({ length: count }, () => integer(random, 0, words.DOCUMENTS.length - 1)),
	};
}

/** Who and what there is, before anything happens. Every attribute is drawn on its own. */
export function newWorld(plan: Plan): World {
	return { plan, patients: newPatients(plan), advocates: newAdvocates(plan), cases: newCases(plan) };
}
