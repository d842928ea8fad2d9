import { choice, integer, randomStream } from '../../../lib/random.ts';
import type { Random } from '../../../lib/random.ts';
import { encodeText } from '../../../lib/text-columns.ts';
import { HOUR } from './plan.ts';

export type Defect =
	| 'resolved_before_created'
	| 'assigned_before_created'
	| 'duplicate_identical'
	| 'duplicate_conflicting'
	| 'unknown_patient'
	| 'unknown_advocate'
	| 'unknown_case'
	| 'csat_out_of_range'
	| 'unparseable_date'
	| 'unparseable_number'
	| 'escalated_after_resolution'
	| 'docs_received_before_requested';

/** Draws defects for the rows of one table and counts those that were applied; of duplicates the added rows count. */
export interface Dirt {
	random: Random;
	rate: number;
	kinds: readonly Defect[];
	counts: Record<string, number>;
}

export function newDirt(seed: number, table: string, rate: number, kinds: readonly Defect[], counts: Record<string, number>): Dirt {
	return { random: randomStream(seed, `dirt/${table}`), rate, kinds, counts };
}

export function drawDefect(dirt: Dirt): Defect | null {
	return dirt.random() < dirt.rate ? choice(dirt.random, dirt.kinds) : null;
}

export function count(dirt: Dirt, defect: Defect): void {
	dirt.counts[defect] = (dirt.counts[defect] ?? 0) + 1;
}

/** An instant before `at`, by an hour to five days. */
export function wrongEarlier(dirt: Dirt, at: number): number {
	return at - integer(dirt.random, HOUR, 120 * HOUR);
}

const UNREADABLE_DATES = ['2026-02-30T09:15:00', '31/13/2025 08:00', 'yesterday 10:30'].map(encodeText);
const UNREADABLE_NUMBERS = ['about 15', 'four', '3.x'].map(encodeText);

export function unreadableDate(dirt: Dirt): Uint8Array {
	return choice(dirt.random, UNREADABLE_DATES);
}

export function unreadableNumber(dirt: Dirt): Uint8Array {
	return choice(dirt.random, UNREADABLE_NUMBERS);
}

/** A key far above the `used` ones. */
export function unknownKey(dirt: Dirt, used: number): number {
	return used * 2 + integer(dirt.random, 1, 999);
}

export function wrongScore(dirt: Dirt): number {
	return choice(dirt.random, [0, 65, 500]);
}
