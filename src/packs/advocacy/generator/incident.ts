import { choice, integer, randomStream } from '../../../lib/random.ts';
import { DAY } from './plan.ts';
import type { Plan } from './plan.ts';
import { INSURANCE_TYPES } from './vocabulary.ts';

/** From an instant on, the document portal fails for one insurance type and waiting for documents takes so many times longer. */
export interface Incident {
	insurance: number;
	/** A midnight, in seconds since the first day of the plan. */
	from: number;
	slowdown: number;
}

export function newIncident(plan: Plan): Incident {
	const random = randomStream(plan.seed, 'incident');
	return {
		insurance: INSURANCE_TYPES.indexOf(choice(random, ['exchange', 'medicaid'] as const)),
		from: (Math.floor(plan.end / DAY) - integer(random, 70, 98)) * DAY,
		slowdown: 5,
	};
}

/** When documents asked for at `asked` and usually `wait` seconds under way arrive. */
export function arrival(incident: Incident, insurance: number, asked: number, wait: number): number {
	if (insurance !== incident.insurance || asked + wait <= incident.from) return asked + wait;
	const before = Math.max(0, incident.from - asked);
	return asked + before + (wait - before) * incident.slowdown;
}
