import type { ShapeCount } from '../types.ts';
import { weekdayPattern, monthPattern } from './calendar.ts';
import type { Distinct } from './distinct.ts';
import { currencyPattern } from './number-sql.ts';
import { escaped, inner, literal, matches } from './text.ts';

/** Of longer texts only the beginning is looked at: no number and no date is as long. */
const longest = 48;
/** The shape of what is neither among the frequent shapes of its column nor a number or a date. */
export const otherShape = '…';
const kept = 200;
/** Up to so many different texts each one's shape is made; beyond, the shapes of a part of them are looked for in all. */
const few = 20_000;

const space = `[${inner}\\t\\n\\r]+`;

const shapeSql = (text: string): string =>
	`regexp_replace(regexp_replace(regexp_replace(case when length(${text}) > ${String(longest)} then left(${text}, ${String(longest)}) || '${otherShape}' else ${text} end, '\\p{L}+', 'a', 'g'), '[0-9]', '9', 'g'), '${space}', ' ', 'g')`;

/** Everything that numbers and dates are written with, and a digit. */
const plausible = `(?i)(?:[0-9]|[-+−–/.,:;'’()%${inner}]|e[-+]?[0-9]|${currencyPattern}|${monthPattern}|${weekdayPattern}|[ap]\\.?m|[tz]|utc|gmt|st|nd|rd|th)+`;

const patternOf = (shape: string): string =>
	[...shape].map((sign) => (sign === '9' ? '[0-9]' : sign === 'a' ? '\\p{L}+' : sign === ' ' ? space : escaped(sign))).join('');

function learned({ db, table, filled }: Distinct): string[] {
	const part = db.rows(`select ${shapeSql('text')} as shape, count(*)::double as n from ${table} where line % ${String(2 * Math.ceil(filled / 4000) + 1)} = 0 group by 1 order by 2 desc, 1 limit 12`);
	const all = part.reduce((sum, row) => sum + Number(row.n), 0);
	return part.filter((row) => Number(row.n) > all / 50 && !String(row.shape).endsWith(otherShape)).map((row) => String(row.shape));
}

/** Shapes over all rows: the frequent ones found by their pattern, the others made where a number or a date could be meant. */
function manySql(shapes: readonly string[]): string {
	const whole = `when ${matches('text', '[0-9]+')} then repeat('9', length(text))`;
	const decimal = `when ${matches('text', '[0-9]+\\.[0-9]+')} then repeat('9', strpos(text, '.') - 1) || '.' || repeat('9', length(text) - strpos(text, '.'))`;
	const numeric = shapes.filter((shape) => /^9+(\.9+)?$/.test(shape));
	const rest = shapes.filter((shape) => !numeric.includes(shape)).map((shape) => `when ${matches('text', patternOf(shape))} then ${literal(shape)}`);
	return `case ${numeric.length > 0 ? `${whole} ${decimal}` : ''} ${rest.join(' ')} when length(text) <= ${String(longest)} and ${matches('text', plausible)} then ${shapeSql('text')} else '${otherShape}' end`;
}

export function shapesOf(distinct: Distinct): ShapeCount[] {
	const { db, table } = distinct;
	const shape = distinct.different <= few ? shapeSql('text') : manySql(learned(distinct));
	const found = db.rows(`select ${shape} as shape, sum(n)::double as n, min(line) as line from ${table} group by 1 order by 2 desc, line limit ${String(kept)}`);
	if (found.length === 0) return [];
	const examples = db.rows(`select line, left(text, 200) as text from ${table} where line in (${found.map((row) => String(row.line)).join(', ')})`);
	const example = new Map(examples.map((row) => [Number(row.line), String(row.text)]));
	return found.map((row) => ({ shape: String(row.shape), count: Number(row.n), example: example.get(Number(row.line)) ?? '', line: Number(row.line) }));
}
