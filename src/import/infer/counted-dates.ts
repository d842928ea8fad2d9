import { reading as says } from '../../lib/texts/reading.ts';
import type { ColumnProfile, Conversion, QuestionOption } from '../types.ts';
import { readably } from './calendar.ts';
import { readSql } from './convert.ts';
import type { Distinct } from './distinct.ts';
import { questionId, type Draft } from './draft.ts';
import { namesInstant } from './names.ts';
import { numberSql, type NumberConversion } from './number-sql.ts';

type Counted = Extract<Conversion, { kind: 'timestamp-number' }>;

/** All numbers of a column that a unit would put between 2000 and 2040 (Excel serials: 1968 and 2064), and how far they are that. */
const ranges: readonly { unit: Counted['unit']; least: number; most: number; shape: RegExp; needsName: boolean }[] = [
	{ unit: 'yyyymmdd', least: 19_000_101, most: 21_001_231, shape: /^9{8}$/, needsName: false },
	{ unit: 'epoch-second', least: 946_684_800, most: 2_208_988_800, shape: /^9{9,10}(\.9+)?$/, needsName: false },
	{ unit: 'epoch-millisecond', least: 946_684_800_000, most: 2_208_988_800_000, shape: /^9{12,13}$/, needsName: false },
	{ unit: 'excel-day', least: 25_000, most: 60_000, shape: /^9{5}(\.9+)?$/, needsName: true },
];

const zero = /^[-−]?9$/;

/** Numbers that count from some day, or write a date in eight digits; null where nothing speaks for it. Cells of one digit (0, -1) are left aside. */
export function countedDates(distinct: Distinct, profile: ColumnProfile, number: NumberConversion): Draft | null {
	const { db, table } = distinct;
	const shapes = profile.shapes.filter(({ shape }) => /9/.test(shape) && !zero.test(shape));
	const named = namesInstant(profile.column);
	for (const { unit, least, most, shape, needsName } of ranges) {
		const fitting = shapes.filter((one) => shape.test(one.shape)).reduce((sum, { count }) => sum + count, 0);
		const all = shapes.reduce((sum, { count }) => sum + count, 0);
		if (fitting === 0 || fitting < all || (needsName && !named)) continue;
		const value = `(${numberSql('text', number)})::double`;
		const counted: Counted = { kind: 'timestamp-number', unit, missing: [] };
		const [row] = db.rows(`select sum(n)::double as cells, count(*)::double as different, coalesce(sum(n) filter (${value} between ${String(least)} and ${String(most)} and ${readSql(counted, 'text')} is not null), 0)::double as within,
			min_by({'text': text, 'read': ${readSql(counted, 'text')}}, line, 3) as cells3 from ${table} where length(text) > 2 and ${value} is not null`);
		const [cells, different, within] = [Number(row?.cells), Number(row?.different), Number(row?.within)];
		if (cells === 0 || within < cells) continue;
		const sure = unit === 'yyyymmdd' ? different >= 5 || named : named && unit !== 'excel-day';
		const shown = [...((row?.cells3 ?? []) as Iterable<{ text: string; read: string }>)];
		if (sure) {
			const because = unit === 'yyyymmdd' ? says.compactDates : says.epoch(says.units[unit], profile.column);
			return { conversion: counted, because, questions: [], warnings: [], others: [number], readers: [counted] };
		}
		return asked(distinct, profile, number, unit, cells, shown, named);
	}
	return null;
}

function asked({ db }: Distinct, profile: ColumnProfile, number: NumberConversion, unit: Counted['unit'], cells: number, shown: readonly { text: string; read: string }[], named: boolean): Draft {
	const units: Counted['unit'][] = unit === 'excel-day' ? ['excel-day', 'excel-day-1904'] : [unit];
	const option = (value: string, conversion: Conversion, reads: (cell: { text: string; read: string }) => string): QuestionOption => ({
		value,
		examples: shown.map((cell) => ({ text: cell.text, reads: reads(cell) })),
		rows: cells,
		deciding: [],
		effect: { kind: 'conversion', conversion },
	});
	const asDates = units.map((one) => {
		const counted: Counted = { kind: 'timestamp-number', unit: one, missing: [] };
		const read = (text: string): string => String(db.rows(`select ${readSql(counted, 'text')} as r from (select '${text}' as text)`)[0]?.r ?? text);
		return option(one, counted, ({ text }) => readably(read(text)));
	});
	const asNumber = option('number', number, ({ text }) => text);
	return {
		conversion: number,
		because: says.numberOrDate(says.units[unit]),
		questions: [{ id: questionId('number-or-date', profile.column), column: profile.column, kind: 'number-or-date', cells, deciding: 0, options: named ? [...asDates, asNumber] : [asNumber, ...asDates] }],
		warnings: [],
		others: [],
		readers: [number],
	};
}
