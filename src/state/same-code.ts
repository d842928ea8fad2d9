import type { Fingerprint } from '../engine/api.ts';

/** Changes with anything that changes what is hashed or how. */
const scheme = '1';

/** Digits of a model's print in a link. The code over all of them judges; these only tell where a difference is. */
const shown = 4;

/** As a link carries it: the scheme, the code over all, and rows and first digits of each model in their order. */
export function toCode({ code, models }: Fingerprint): string {
	return [scheme, code, ...models.map(({ rows, print }) => `${rows.toString(36)}.${print.slice(0, shown)}`)].join('-');
}

export type Verdict = { is: 'identical'; models: number } | { is: 'other version' } | { is: 'different'; model: string | null; here: number; there: number };

/** What a link says of the sender's numbers, set against the numbers here. */
export function judge(said: string, { code, models }: Fingerprint): Verdict {
	const [by, theirs = '', ...parts] = said.split('-');
	const read = parts.map((part) => /^([0-9a-z]{1,9})\.([0-9a-f]{4})$/.exec(part));
	if (by !== scheme || !/^[0-9a-f]{12}$/.test(theirs) || parts.length !== models.length || read.some((part) => part === null)) return { is: 'other version' };
	if (theirs === code) return { is: 'identical', models: models.length };
	for (const [i, { model, rows, print }] of models.entries()) {
		const there = parseInt(read[i]?.[1] ?? '', 36);
		if (there !== rows || read[i]?.[2] !== print.slice(0, shown)) return { is: 'different', model, here: rows, there };
	}
	return { is: 'different', model: null, here: 0, there: 0 };
}
