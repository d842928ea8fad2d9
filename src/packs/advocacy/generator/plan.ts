import { ThroughlineError } from '../../../lib/errors.ts';
import type { GenerateRequest } from '../../../pack/types.ts';

export const DAY = 86400;
export const HOUR = 3600;

/** How much to make and when it plays. Every instant in the generator is in seconds since `firstDay` began. */
export interface Plan {
	seed: number;
	cases: number;
	patients: number;
	advocates: number;
	/** How many of the advocates accept cases beyond their capacity. */
	overloaded: number;
	/** Days since 1970-01-01. */
	firstDay: number;
	/** The instant of the export. */
	end: number;
}

const FIRST_OF_JULY_2024 = 19905;
const LAST_OF_JUNE_2026 = 20634;
const EXPORT_HOUR = 17;

const SIZES: Readonly<Record<string, Omit<Plan, 'seed' | 'end'>>> = {
	small: { cases: 1500, patients: 1000, advocates: 8, overloaded: 2, firstDay: LAST_OF_JUNE_2026 - 139 },
	standard: { cases: 30_000, patients: 20_000, advocates: 30, overloaded: 3, firstDay: FIRST_OF_JULY_2024 },
	large: { cases: 100_000, patients: 65_000, advocates: 100, overloaded: 3, firstDay: FIRST_OF_JULY_2024 },
};

export function planFor(request: GenerateRequest): Plan {
	const size = SIZES[request.size];
	if (!size) throw new ThroughlineError('request.invalid', { what: 'The size', given: request.size, allowed: Object.keys(SIZES).join(', ') });
	return { seed: request.seed, ...size, end: (LAST_OF_JUNE_2026 - size.firstDay) * DAY + EXPORT_HOUR * HOUR };
}

/** Of a day counted from the first day of the plan: 0 is Sunday. */
export function weekday(plan: Plan, day: number): number {
	return (plan.firstDay + day + 4) % 7;
}
