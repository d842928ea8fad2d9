/** Column names as people write them, brought to one form so that `CaseID`, `case_id` and `Case No.` are the same. */

const abbreviations: Readonly<Record<string, string>> = {
	num: 'number', no: 'number', nr: 'number', nbr: 'number', dt: 'date', ts: 'timestamp', tm: 'time', pt: 'patient', pat: 'patient',
	mbr: 'member', cust: 'customer', usr: 'user', org: 'organisation', organization: 'organisation', resp: 'response', dur: 'duration',
	min: 'minute', mins: 'minute', hr: 'hour', hrs: 'hour', desc: 'description', cat: 'category', prio: 'priority', pref: 'preferred',
	ins: 'insurance', esc: 'escalation', adv: 'advocate', addr: 'address', tel: 'phone', telephone: 'phone', qty: 'quantity', amt: 'amount',
	cnt: 'count', stat: 'status', typ: 'type', lang: 'language', ident: 'id', identifier: 'id', speciality: 'specialty',
};

/** Attribute names of event logs (XES). */
const eventLog: Readonly<Record<string, string>> = {
	'case concept name': 'case id',
	'concept name': 'activity',
	'time timestamp': 'timestamp',
	'organisation resource': 'resource',
};

const moments = new Set(['at', 'on', 'date', 'time', 'datetime', 'timestamp']);
const numbers = new Set(['id', 'number', 'key']);
const flags = new Set(['flag', 'indicator', 'yn']);
const questions = new Set(['is', 'has', 'was']);

export function singular(word: string): string {
	if (word.length < 4 || /(ss|us|is)$/.test(word)) return word;
	if (/ies$/.test(word)) return `${word.slice(0, -3)}y`;
	if (/(x|ch|sh|ss)es$/.test(word)) return word.slice(0, -2);
	return word.endsWith('s') ? word.slice(0, -1) : word;
}

/** Lower-case words without accents: `FirstResponseAt`, `first-response at` → first, response, at. */
export function wordsOf(name: string): string[] {
	return name
		.slice(0, 300)
		.normalize('NFKD')
		.replace(/\p{M}/gu, '')
		.replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
		.replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
		.toLowerCase()
		.split(/[^\p{L}\p{N}]+/u)
		.filter((word) => word !== '');
}

/** Remembers what a function makes of names; contracts are asked for theirs again and again. */
function remembered(work: (name: string) => string): (name: string) => string {
	const known = new Map<string, string>();
	return (name) => {
		const before = known.get(name);
		if (before !== undefined) return before;
		if (known.size > 5000) known.clear();
		const made = work(name);
		known.set(name, made);
		return made;
	};
}

/** Equal for names that differ in case, separators, accents only. */
export const squashed = remembered((name) => wordsOf(name).join(''));

const full = (word: string): string => (Object.hasOwn(abbreviations, word) ? (abbreviations[word] ?? word) : word);

/** Equal for names that also differ in plural, common abbreviations, and the words that dates, numbers and flags end with. */
export const canonical = remembered((name) => {
	let words = wordsOf(name).map((word) => full(singular(full(word))));
	if (words.length > 1 && questions.has(words[0] ?? '')) words = words.slice(1);
	if (words.length > 1 && flags.has(words.at(-1) ?? '')) words = words.slice(0, -1);
	const joined = words.join(' ');
	if (Object.hasOwn(eventLog, joined)) return eventLog[joined] ?? joined;
	const last = words.at(-1) ?? '';
	if (words.length > 1 && moments.has(last)) return [...words.slice(0, -1), 'at'].join(' ');
	if (words.length > 1 && numbers.has(last)) return [...words.slice(0, -1), 'id'].join(' ');
	return joined;
});

/** One letter more, less, other, or two neighbours swapped. */
export function oneEditApart(a: string, b: string): boolean {
	if (Math.abs(a.length - b.length) > 1 || a === b) return false;
	let i = 0;
	while (i < a.length && a[i] === b[i]) i++;
	const rest = (text: string, from: number): string => text.slice(from);
	if (a.length > b.length) return rest(a, i + 1) === rest(b, i);
	if (a.length < b.length) return rest(a, i) === rest(b, i + 1);
	if (rest(a, i + 1) === rest(b, i + 1)) return true;
	return a[i] === b[i + 1] && a[i + 1] === b[i] && rest(a, i + 2) === rest(b, i + 2);
}
