import { monthNumbers, monthPattern, weekdayNumbers, weekdayPattern } from './calendar.ts';
import { escaped, literal, matches } from './text.ts';

type Token = { directive: string } | { literal: string };

const ranges: Readonly<Record<string, string>> = {
	// Year 0 is before Christ to DuckDB.
	Y: '(?:000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})',
	y: '[0-9]{2}',
	m: '(?:0?[1-9]|1[0-2])',
	d: '(?:0?[1-9]|[12][0-9]|3[01])',
	b: `(?:${monthPattern}\\.?)`,
	a: `(?:${weekdayPattern}\\.?)`,
	H: '(?:[01]?[0-9]|2[0-3])',
	I: '(?:0?[1-9]|1[0-2])',
	M: '[0-5][0-9]',
	S: '[0-5][0-9]',
	f: '[0-9]{1,9}',
	p: '(?:[ap]m|[ap]\\.m\\.)',
	z: '(?:z|utc|gmt|[-+](?:0[0-9]|1[0-4])(?::?[0-5][0-9])?)',
};

const tokensOf = (form: string): Token[] =>
	(form.match(/%.|[^%]+/gs) ?? []).map((part) => (part.startsWith('%') && part.length === 2 ? { directive: part.slice(1) } : { literal: part }));

const isTime = (token: Token): boolean => 'directive' in token && 'HIMSfpz'.includes(token.directive);

/** Whether a strptime format is one that is understood here: known directives, each once. */
export function isForm(form: string): boolean {
	const directives = tokensOf(form).flatMap((token) => ('directive' in token ? [token.directive] : []));
	return directives.length > 0 && directives.every((d, i) => d in ranges && directives.indexOf(d) === i);
}

/** `whole`: the form that the tokens are part of; without separators its fields have their full width, and years are near. */
function patternOf(tokens: readonly Token[], captured: boolean, whole: readonly Token[] = tokens): string {
	const named = whole.some((token) => 'directive' in token && token.directive === 'b');
	const compact = whole.every((token) => 'directive' in token || token.literal === 'T');
	return tokens
		.map((token) => {
			if ('literal' in token) return named ? escaped(token.literal).replaceAll(/ +/g, ' +') : escaped(token.literal);
			const { directive } = token;
			const width = compact && 'mdHMS'.includes(directive) ? '[0-9]{2}' : compact && directive === 'Y' ? '(?:19|20)[0-9]{2}' : (ranges[directive] ?? '.*');
			return `${captured ? `(${width})` : width}${named && directive === 'd' ? '(?:st|nd|rd|th|\\.)?' : ''}`;
		})
		.join('');
}

/** RE2 pattern, without regard to case, of exactly the texts that the form may read. */
export const guardOf = (form: string): string => `(?i)${patternOf(tokensOf(form), false)}`;

const stringOf = (tokens: readonly Token[]): string => tokens.map((token) => ('directive' in token ? `%${token.directive}` : token.literal)).join('');

/** strptime of DuckDB on what the guard let through. %z gives a TIMESTAMPTZ, which goes no further than its microseconds. */
function strptime(text: string, form: string): string {
	let given = text;
	if (form.includes('%f')) given = `case when regexp_matches(${given}, '[.,][0-9]{7}') then regexp_replace(${given}, '([.,][0-9]{6})[0-9]+', '\\1') else ${given} end`;
	if (form.endsWith('%p')) given = `case when suffix(${given}, '.') then left(${given}, -4) || left(right(${given}, 4), 1) || 'm' else ${given} end`;
	if (!form.includes('%z')) return `try_strptime(${given}, ${literal(form)})`;
	given = `case when upper(right(${given}, 1)) in ('Z', 'C', 'T') then regexp_replace(${given}, '(?i)(?:z|utc|gmt)$', '+00') else ${given} end`;
	return `make_timestamp(epoch_us(try_strptime(${given}, ${literal(form)})))`;
}

/** SQL has no let. */
const bound = (value: string, name: string, body: string): string => `list_transform([${value}], lambda ${name}: ${body})[1]`;

/** Texts with names or two-digit years: their date is rewritten as year-month-day first. */
function rewritten(text: string, tokens: readonly Token[], since: number): string {
	const first = tokens.findIndex(isTime);
	const last = tokens.findLastIndex(isTime);
	const time = first < 0 ? [] : tokens.slice(first, last + 1);
	const before = first < 0 ? tokens : tokens.slice(0, first);
	const after = first < 0 ? [] : tokens.slice(last + 1);
	const directives = (part: readonly Token[]): string[] => part.flatMap((token) => ('directive' in token ? [token.directive] : []));
	const taken = [...directives(before), ...directives(after)];
	const fields = [...directives(before), ...(time.length > 0 ? ['t'] : []), ...directives(after)];
	const clock = time.length > 0 ? `(${patternOf(time, false, tokens)})` : '';
	const pattern = `(?i)^${patternOf(before, true, tokens)}${clock}${patternOf(after, true, tokens)}$`;
	const century = `(${String(since)} + (e.y::integer - ${String(since % 100)} + 100) % 100)::varchar`;
	const name = (field: string): string => `lower(rtrim(e.${field}, '.'))`;
	const month = taken.includes('b') ? `${monthNumbers}[${name('b')}]::varchar` : 'e.m';
	const date = `${taken.includes('y') ? century : 'e.Y'} || '-' || ${month} || '-' || e.d`;
	const parsed = time.length === 0 ? strptime(date, '%Y-%m-%d') : bound(`${date} || ' ' || e.t`, 'g', strptime('g', `%Y-%m-%d ${stringOf(time)}`));
	const checked = taken.includes('a') ? bound(parsed, 'p', `case when isodow(p) = ${weekdayNumbers}[${name('a')}] then p end`) : parsed;
	return bound(`regexp_extract(${text}, ${literal(pattern)}, [${fields.map(literal).join(', ')}])`, 'e', checked);
}

/**
 * SQL of the canonical text that a form reads from a trimmed text, or NULL: a date as YYYY-MM-DD, with a time as
 * YYYY-MM-DD HH:MM:SS[.ffffff] in UTC where there is an offset, a time alone as HH:MM:SS. A weekday that is not the date's reads as NULL;
 * so does everything where the form is not understood.
 */
export function formSql(text: string, form: string, since = 1969): string {
	if (!isForm(form)) return 'null::varchar';
	const tokens = tokensOf(form);
	const has = (directives: string): boolean => tokens.some((token) => 'directive' in token && directives.includes(token.directive));
	const parsed = has('yba') ? rewritten(text, tokens, Math.trunc(Number(since))) : strptime(text, form);
	const type = !has('HI') ? '::date' : !has('Yy') ? '::time' : '';
	return `case when ${matches(text, guardOf(form))} then (${parsed})${type}::varchar end`;
}
