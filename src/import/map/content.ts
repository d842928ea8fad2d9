import { mapping } from '../../lib/texts/mapping.ts';
import type { CellType, RawColumn } from '../../pack/types.ts';
import type { ColumnProfile, ColumnReading } from '../types.ts';
import { listedShare } from './values.ts';

/** How well what stands in a column fits what is asked, from 0 to 1; 0.9 where nobody has looked. */
export interface Fit {
	fit: number;
	because: string | null;
}

export const percent = (share: number): string => `${String(Math.round(share * 100))} %`;

const forms: Partial<Record<CellType, RegExp>> = {
	timestamp: /^\p{L}*[ ,]*\d{1,4}[-/. ]\p{L}*\d{0,2}[-/. ,]+\d{1,4}|^\d{8}$|^\d{9,13}$/u,
	number: /^[-+(]?\p{Sc}?\s?\d[\d.,'\s]*%?\)?$/u,
	integer: /^[-+]?\d[\d.,'\s]*$/u,
	boolean: /^(0|1|y|n|yes|no|t|f|true|false|x|-)$/i,
	json: /^\s*[{[]/,
};

/** Texts of a profile by their count: of those that are listed, the share that a form fits. */
export function shareOf(profile: ColumnProfile, fits: (text: string) => boolean): number {
	const cells = profile.values.reduce((sum, { count }) => sum + count, 0);
	return cells === 0 ? 0 : profile.values.reduce((sum, { text, count }) => sum + (fits(text) ? count : 0), 0) / cells;
}

const kinds: Partial<Record<ColumnReading['conversion']['kind'], readonly CellType[]>> = {
	number: ['number', 'integer'],
	timestamp: ['timestamp'],
	'timestamp-number': ['timestamp'],
	boolean: ['boolean'],
};

function typeShare(type: CellType, profile: ColumnProfile, reading: ColumnReading | undefined): number {
	if (reading && [reading.conversion, ...reading.others].some(({ kind }) => kinds[kind]?.includes(type))) return 1;
	return shareOf(profile, (text) => forms[type]?.test(text) ?? true);
}

export const isDate = (profile: ColumnProfile, reading: ColumnReading | undefined): boolean =>
	reading ? reading.conversion.kind === 'timestamp' || reading.conversion.kind === 'timestamp-number' : shareOf(profile, (text) => /\d[-/.]\p{L}*\d*[-/.]\d/u.test(text) && (forms.timestamp?.test(text) ?? false)) > 0.9;

function asText(profile: ColumnProfile, reading: ColumnReading | undefined): Fit {
	if (isDate(profile, reading)) return { fit: 0.2, because: mapping.unfit(mapping.types.text) };
	return { fit: 1, because: null };
}

export function contentFit(column: RawColumn, profile: ColumnProfile | undefined, reading: ColumnReading | undefined): Fit {
	if (!profile) return { fit: 0.9, because: null };
	if (profile.filled === 0) return { fit: 0.6, because: mapping.empty };
	if (column.values) {
		const share = listedShare(column, profile);
		return share === 0 ? { fit: 0.1, because: mapping.noValues } : { fit: 0.5 + share / 2, because: mapping.values(percent(share)) };
	}
	if (column.type === 'text') return asText(profile, reading);
	const type = mapping.types[column.type];
	const share = typeShare(column.type, profile, reading);
	const counts = column.type === 'boolean' && share < 1 && shareOf(profile, (text) => /^\d{1,3}$/.test(text)) === 1;
	if (counts) return { fit: 0.8, because: mapping.counts };
	return { fit: share, because: share > 0.5 ? mapping.fits(type) : mapping.unfit(type) };
}
