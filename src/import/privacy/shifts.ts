import type { Db } from '../types.ts';
import { DRAWN, lookedUp, putNumbers, putTexts, SAID, type Cell, type Draw } from './drawn.ts';

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
	db.run(`create or replace temp table import_shifts as select coalesce(${SAID}, '') as ${SAID}, drawn as ${DRAWN} from import_weeks left join import_persons using (place)`);
	db.run('drop table import_persons');
	db.run('drop table import_weeks');
	const made = ['import_shifts'];
	const expressions = new Map<string, string>();
	sources.forEach(({ source, cell, through }, i) => {
		const text = `coalesce(nullif(trim(${cell}), ''), '')`;
		const nobody = lookedUp('import_shifts', "''");
		if (!through) {
			expressions.set(source, lookedUp('import_shifts', text));
			return;
		}
		const table = `import_shifts_${String(i)}`;
		db.run(`create or replace temp table ${table} as select known.${SAID}, shifts.${DRAWN} from (select nullif(trim(${through.key}), '') as ${SAID}, min(nullif(trim(${through.person}), '')) as person from ${through.from} group by 1) as known join import_shifts as shifts on shifts.${SAID} = coalesce(known.person, '') where known.${SAID} is not null`);
		made.push(table);
		expressions.set(source, `coalesce(${lookedUp(table, text)}, ${nobody})`);
	});
	return { days: (source) => expressions.get(source), drop: () => made.forEach((table) => db.run(`drop table if exists ${table}`)) };
}
