import type { Db } from '../types.ts';
import { putNumbers, putTexts, type Cell, type Draw } from './drawn.ts';

/** A source whose dates are shifted: its person's cell, or a cell that another landed table knows the person of. */
export interface Shifted extends Cell {
	source: string;
	through?: { from: string; key: string; person: string };
}

export interface Shifts {
	/** The expression with the days for a row of a source; for `privacySql`. */
	days: (source: string) => string | undefined;
	drop: () => void;
}

const WEEKS = 26;

/** A whole number of weeks from −26 to 26, but not none. */
function weeks(draw: Draw): number {
	const drawn = Math.floor(draw() * WEEKS * 2) - WEEKS;
	return drawn >= 0 ? drawn + 1 : drawn;
}

/**
 * One constant for each person over all sources: a whole number of weeks within 182 days, so that intervals and weekdays of a person stay.
 * Rows that name nobody share one constant of their own. A key that stands with several persons takes the first of them.
 */
export function makeShifts(db: Db, sources: readonly Shifted[], draw: Draw): Shifts {
	if (sources.length === 0) return { days: () => undefined, drop: () => undefined };
	const n = putTexts(db, 'import_persons', sources.map(({ from, cell, through }) => (through ? { from: through.from, cell: through.person } : { from, cell })));
	putNumbers(db, 'import_weeks', Int32Array.from({ length: n + 1 }, () => weeks(draw) * 7));
	db.run(`create or replace temp table import_shifts as select coalesce(said, '') as said, drawn as days from import_weeks left join import_persons using (place)`);
	db.run('drop table import_persons');
	db.run('drop table import_weeks');
	const made = ['import_shifts'];
	const expressions = new Map<string, string>();
	sources.forEach(({ source, cell, through }, i) => {
		const text = `coalesce(nullif(trim(${cell}), ''), '')`;
		const nobody = "(select import_shifts.days from import_shifts where import_shifts.said = '')";
		if (!through) {
			expressions.set(source, `(select import_shifts.days from import_shifts where import_shifts.said = ${text})`);
			return;
		}
		const table = `import_shifts_${String(i)}`;
		db.run(`create or replace temp table ${table} as select known.said, shifts.days from (select nullif(trim(${through.key}), '') as said, min(nullif(trim(${through.person}), '')) as person from ${through.from} group by 1) as known join import_shifts as shifts on shifts.said = coalesce(known.person, '') where known.said is not null`);
		made.push(table);
		expressions.set(source, `coalesce((select ${table}.days from ${table} where ${table}.said = ${text}), ${nobody})`);
	});
	return { days: (source) => expressions.get(source), drop: () => made.forEach((table) => db.run(`drop table if exists ${table}`)) };
}
