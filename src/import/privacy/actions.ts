import type { CellType } from '../../pack/types.ts';
import { quoted, said } from '../map/sql.ts';
import type { PrivacyAction } from '../types.ts';

/**
 * Three-digit ZIP areas with 20,000 people or fewer: HHS, "Guidance Regarding Methods for De-identification of Protected Health
 * Information" (26 November 2012), from the census of 2000.
 */
export const smallZip3 = ['036', '059', '063', '102', '203', '556', '692', '790', '821', '823', '830', '831', '878', '879', '884', '890', '893'] as const;

/** What stands for a cell that could not be read and may say nothing: it still counts as unreadable. */
export const UNREADABLE = 'unreadable';

/** What the actions look up; made by `makeSurrogates` and `makeShifts`. */
export interface Lookups {
	/** The expression with the surrogate of a cell. */
	surrogate?: (cell: string) => string;
	/** The expression with the days by which the dates of a row's person are moved. */
	days?: string;
}

const moment = (cell: string): string => `try_cast(trim(${cell}) as timestamp)`;
const orUnreadable = (cell: string, known: string): string => `case when ${said(cell)} is null then null else coalesce(${known}, ${quoted(UNREADABLE)}) end`;

/** Anything but a ZIP code of five or nine digits, or one that ends in X, gives nothing. */
function zip3(cell: string): string {
	const three = `nullif(regexp_extract(trim(${cell}), '^(\\d{3})(\\d{2}|[xX]{2})([- ]?\\d{4})?$', 1), '')`;
	return `case when ${three} in (${smallZip3.map(quoted).join(', ')}) then '000' else ${three} end`;
}

function pooled(cell: string): string {
	const age = `try_cast(trim(${cell}) as double)`;
	return orUnreadable(cell, `case when ${age} >= 90 then '90' when ${age} is not null then trim(${cell}) end`);
}

/**
 * The VARCHAR expression for a cell with an action done. `cell` is canonical text: dates as ISO, numbers with a decimal point. `as` is the type of
 * the contract column that it feeds: where that is a date, a year is its first day, so that it can be read as one.
 */
export function privacySql(action: PrivacyAction, cell: string, lookups: Lookups = {}, as: CellType = 'text'): string {
	switch (action) {
		case 'keep':
			return cell;
		case 'drop':
			return 'null::varchar';
		case 'surrogate':
			return lookups.surrogate?.(cell) ?? 'null::varchar';
		case 'zip3':
			return zip3(cell);
		case 'year':
			return orUnreadable(cell, `strftime(${moment(cell)}, ${as === 'timestamp' ? "'%Y-01-01'" : "'%Y'"})`);
		case 'age-90':
			return pooled(cell);
		case 'shift':
			return lookups.days === undefined ? 'null::varchar' : orUnreadable(cell, `cast(${moment(cell)} + to_days(cast(${lookups.days} as integer)) as varchar)`);
	}
}
