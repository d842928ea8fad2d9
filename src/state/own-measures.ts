import type { Measure, Pack } from '../pack/types.ts';
import { inlined } from '../metrics/expressions.ts';
import type { OwnMeasure } from './location.ts';

/** The reader's measures as measures of the pack. What their expression says of other measures is put in its place. */
export function ownMeasures(pack: Pack, own: Readonly<Record<string, OwnMeasure>>): Record<string, Measure> {
	return Object.fromEntries(
		Object.entries(own).flatMap(([id, { label, mart, expr, format, better }]): [string, Measure][] => {
			const declared = pack.marts[mart];
			if (!declared) return [];
			return [[id, { kind: 'expression', expr: inlined(pack, mart, expr), label, mart, unit: '', format, better, owner: 'made by the reader', definition: expr, reading: '', ...(declared.opened === undefined ? {} : { time: declared.opened }) }]];
		}),
	);
}

/** The id that a measure of this name gets, or the wished one, where it is free; else with the first free number after it. */
export function freeId(label: string, taken: Readonly<Record<string, unknown>>, wished?: string): string {
	const plain = label.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^a-z0-9]+/g, '_').replace(/^_+|_+$/g, '').slice(0, 40);
	const base = wished ?? `own_${plain === '' ? 'measure' : plain}`;
	for (let i = 1; ; i++) {
		const id = i === 1 ? base : `${base}_${String(i)}`;
		if (!Object.hasOwn(taken, id)) return id;
	}
}
