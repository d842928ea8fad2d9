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
