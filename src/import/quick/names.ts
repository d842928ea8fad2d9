/** Words of a name in lower case: of `registrationType`, `case:concept:name`, `Date sent to company`. */
export function wordsOf(name: string): string[] {
	return name
		.replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
		.toLowerCase()
		.split(/[^\p{L}\p{N}%]+/u)
		.filter((word) => word !== '');
}

/** Whether one of the words begins so: `clos` finds closed and closing. */
export const begins = (words: readonly string[], ...starts: readonly string[]): boolean => words.some((word) => starts.some((start) => word.startsWith(start)));
export const has = (words: readonly string[], ...names: readonly string[]): boolean => words.some((word) => names.includes(word));

/** Columns that staging adds of itself. */
const taken = ['source_row', 'rule', 'column'];

/** Lower-case ASCII that needs no quoting, apart from all names in `used`; one or two letters alone would stand beside aliases of queries. */
export function slug(name: string, used: ReadonlySet<string>, fallback: string): string {
	const folded = name.replace(/([a-z\d])([A-Z])/g, '$1 $2').normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
	const joined = (folded.match(/[a-z0-9]+/g) ?? []).join('_').slice(0, 48).replace(/_$/, '');
	const base = joined === '' ? fallback : /^\d/.test(joined) || joined.length <= 3 || taken.includes(joined) ? `column_${joined}` : joined;
	let free = base;
	for (let i = 2; used.has(free); i++) free = `${base}_${String(i)}`;
	return free;
}

/** A column's name as people read it; braces would be taken for the places of a sentence. */
export function labelOf(name: string, used: ReadonlySet<string>): string {
	const spaced = name
		.replace(/([\p{Ll}\d])(\p{Lu}\p{Ll})/gu, (_, before: string, after: string) => `${before} ${after.toLowerCase()}`)
		.replace(/[_:.\s]+/g, ' ')
		.replaceAll('{', '(')
		.replaceAll('}', ')')
		.trim();
	const cut = spaced.length > 48 ? `${spaced.slice(0, 47).trimEnd()}…` : spaced;
	const base = cut === '' ? 'Column' : cut.charAt(0).toUpperCase() + cut.slice(1);
	let free = base;
	for (let i = 2; used.has(free); i++) free = `${base} (${String(i)})`;
	return free;
}

/** "Channel" → "channel", "CSAT" as it is. */
export const inside = (label: string): string => (/^\p{Lu}\p{Ll}/u.test(label) ? label.charAt(0).toLowerCase() + label.slice(1) : label);

/** "Closed at" → "closed": what happens, without the words that only say that it is a time. */
export function eventName(label: string): string {
	const words = inside(label).split(' ');
	const noise = /^(at|on|date|time|timestamp|datetime|dt|ts)$/i;
	while (words.length > 1 && noise.test(words.at(-1) ?? '')) words.pop();
	while (words.length > 1 && noise.test(words[0] ?? '')) words.shift();
	return words.join(' ');
}

function plural(noun: string): string {
	if (/[^aeiou]y$/.test(noun)) return `${noun.slice(0, -1)}ies`;
	return /(s|x|z|ch|sh)$/.test(noun) ? `${noun}es` : `${noun}s`;
}

const numbering = ['id', 'ids', 'uuid', 'guid', 'key', 'code', 'number', 'num', 'no', 'nr', 'ref', 'reference', 'concept', 'name', 'index', 'row', 'line', 'unnamed', 'identifier', 'pk', 'sk'];

/** What a row is called by the column that tells rows apart: `Complaint ID` → complaint, complaints. */
export function entityOf(column: string | null): [string, string] {
	const words = column === null ? [] : wordsOf(column).filter((word) => !numbering.includes(word));
	const [noun] = words;
	return words.length !== 1 || noun === undefined || !/^[a-z]{3,20}$/.test(noun) ? ['record', 'records'] : [noun, plural(noun)];
}

const numbers = ['id', 'ids', 'uuid', 'guid', 'key', 'pk', 'sk', 'code', 'no', 'nr', 'ref', 'reference', 'mrn', 'ssn', 'npi', 'zip', 'zipcode', 'postal', 'postcode', 'plz', 'phone', 'fax', 'tel', 'lat', 'latitude', 'lon', 'lng', 'longitude', 'index', 'row', 'line'];
/** Its codes follow each other, as years and levels do. */
export const inOrder = (words: readonly string[]): boolean => !identifies(words) && (!codes(words) || has(words, 'level', 'grade', 'year', 'quarter', 'month', 'week', 'weekday', 'day', 'hour'));

/** Its name says that its numbers number things or places; "number of guests" counts. */
export const identifies = (words: readonly string[]): boolean => !has(words, 'of', 'count') && (has(words, ...numbers) || (has(words, 'number') && words.at(-1) === 'number'));
export const codes = (words: readonly string[]): boolean => has(words, 'code', 'type', 'class', 'category', 'group', 'level', 'grade', 'year', 'quarter', 'month', 'week', 'weekday', 'day', 'hour', 'ward', 'unit', 'site', 'team', 'region', 'id');
