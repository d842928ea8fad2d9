import type { Says } from '../../pack/types.ts';
import { capital } from './measures.ts';

/** Sentences that are true and grammatical whatever the labels and values are called. */

/** Groups of a dimension by a measure: those that differ are told with their values. */
export const differs = (subject: string, by: string, tested: boolean): Says => ({
	claim: `${capital(subject)} differs by “${by}”: {value} for {groups}; over all it is {all}`,
	better: `${capital(subject)} differs by “${by}”: {value} for {groups}; over all it is {all}`,
	none: tested ? `${capital(subject)} is {all} over all; nothing differs by “${by}” beyond noise` : `${capital(subject)} is {all} over all; by “${by}” it is shown, not tested`,
});

/** A cell of two dimensions. */
export const standsOut = (subject: string, rows: string, columns: string): Says => ({
	claim: `${capital(subject)} is {value} for {row} with {column}; over all it is {all}`,
	none: `${capital(subject)} is {all} over all; no pair of “${rows}” and “${columns}” stands out above it beyond noise`,
});

export const slopes = (subject: string, by: string): Says => ({
	claim: `${capital(subject)} is {size} {direction} with each step of “${by}” ({lo} to {hi})`,
	none: `${capital(subject)} neither rises nor falls with “${by}” beyond noise`,
});

export const drives = (many: string): Says => ({
	claim: `{Driver} goes with longer times: {each} days more than comparable ${many}`,
	none: 'Nothing goes with longer times beyond noise',
});

export const queues = (what: string): Says => ({
	claim: `${capital(what)} has {direction} by {diff} since {since}, to {now}`,
	none: `${capital(what)} is {now}, neither grown nor shrunk beyond noise`,
});
