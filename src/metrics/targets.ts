import { numberText, valueText } from '../lib/format.ts';
import type { Measure, Pack } from '../pack/types.ts';
import type { MeasureRow } from './request.ts';

/** `near`: missed, by less than a twentieth of the target. `unsure`: the interval holds the target, or too little is known. */
export type Band = 'met' | 'near' | 'missed' | 'unsure';

/** Relative, so that the band is the same whether a duration is told in hours or in days. */
const nearness = 0.05;

/** The pack with the targets that hold: the reader's own, by measure, in place of those it declares. */
export function withTargets(pack: Pack, own: Readonly<Record<string, number>>): Pack {
	if (Object.keys(own).length === 0) return pack;
	const measures = Object.entries(pack.measures).map(([id, measure]) => [id, Object.hasOwn(own, id) ? { ...measure, target: own[id] } : measure] as const);
	return { ...pack, measures: Object.fromEntries(measures) as Pack['measures'] };
}

/**
 * Where a value stands against its target, as far as its 95 % interval can tell: met or missed only when all of the interval lies
 * on that side. Null where neither direction is better, or nothing is known.
 */
export function bandOf(measure: Pick<Measure, 'better' | 'kind' | 'minN'>, row: Pick<MeasureRow, 'value' | 'n' | 'lo' | 'hi'>, target: number): Band | null {
	if (measure.better === 'neither' || (row.value === null && row.lo === null && row.hi === null)) return null;
	const counted = measure.kind === 'count' || measure.kind === 'balance';
	if (!counted && row.n < (measure.minN ?? 30)) return 'unsure';
	const turn = measure.better === 'lower' ? 1 : -1;
	const [best, worst] = measure.better === 'lower' ? [row.lo, row.hi] : [row.hi, row.lo];
	if (worst !== null && turn * (worst - target) <= 0) return 'met';
	if (best === null || turn * (best - target) <= 0) return 'unsure';
	return row.value !== null && turn * (row.value - target) < nearness * Math.abs(target) ? 'near' : 'missed';
}

const signs = { lower: '≤ ', higher: '≥ ', neither: '' } as const;

/** "≤ 40 %": with the digits that were set, even where values are shown with fewer. */
export function targetText(measure: Pick<Measure, 'better' | 'format'>, target: number): string {
	const shown = numberText(measure.format, target);
	const exact = targetField(measure, target);
	return `${signs[measure.better]}${Number(shown.replaceAll(',', '')) === Number(exact) ? valueText(measure.format, target) : valueText(measure.format, target).replace(shown, exact)}`;
}

/** As it is typed: shares in percent. */
export function targetField(measure: Pick<Measure, 'format'>, target: number): string {
	return String(Number((measure.format === 'percent' ? target * 100 : target).toPrecision(10)));
}

/** What was typed, in the unit of the measure; null where it is no such number. */
export function targetFrom(measure: Pick<Measure, 'format' | 'kind'>, typed: string): number | null {
	const text = typed.trim().replace(/\s*%$/, '').replace(/^(\d+),(\d+)$/, '$1.$2');
	if (!/^\d+(\.\d+)?$|^\.\d+$/.test(text)) return null;
	const value = Number(text) / (measure.format === 'percent' ? 100 : 1);
	return (measure.kind === 'share' || (measure.kind === 'survival' && measure.format === 'percent')) && value > 1 ? null : value;
}
