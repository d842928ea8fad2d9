const months: readonly (readonly string[])[] = [
	['january', 'jan', 'januar', 'jänner', 'jän', 'janvier', 'janv', 'enero', 'ene'],
	['february', 'feb', 'februar', 'février', 'fevrier', 'févr', 'fév', 'febrero'],
	['march', 'mar', 'märz', 'mär', 'mrz', 'maerz', 'mars', 'marzo'],
	['april', 'apr', 'avril', 'avr', 'abril', 'abr'],
	['may', 'mai', 'mayo'],
	['june', 'jun', 'juni', 'juin', 'junio'],
	['july', 'jul', 'juli', 'juillet', 'juil', 'julio'],
	['august', 'aug', 'août', 'aout', 'agosto', 'ago'],
	['september', 'sept', 'sep', 'septembre', 'septiembre', 'setiembre'],
	['october', 'oct', 'oktober', 'okt', 'octobre', 'octubre'],
	['november', 'nov', 'novembre', 'noviembre'],
	['december', 'dec', 'dezember', 'dez', 'décembre', 'decembre', 'déc', 'diciembre', 'dic'],
];

/** From Monday. No name stands for two days in these languages. */
const weekdays: readonly (readonly string[])[] = [
	['monday', 'mon', 'montag', 'mo', 'lundi', 'lunes', 'lun'],
	['tuesday', 'tues', 'tue', 'dienstag', 'di', 'mardi', 'martes'],
	['wednesday', 'wed', 'mittwoch', 'mi', 'mercredi', 'mer', 'miércoles', 'mié'],
	['thursday', 'thurs', 'thur', 'thu', 'donnerstag', 'do', 'jeudi', 'jeu', 'jueves', 'jue'],
	['friday', 'fri', 'freitag', 'fr', 'vendredi', 'ven', 'viernes', 'vie'],
	['saturday', 'sat', 'samstag', 'sonnabend', 'sa', 'samedi', 'sam', 'sábado', 'sáb'],
	['sunday', 'sun', 'sonntag', 'so', 'dimanche', 'dim', 'domingo', 'dom'],
];

const numbersOf = (names: readonly (readonly string[])[]): string =>
	`map {${names.flatMap((group, i) => group.map((name) => `'${name}': ${String(i + 1)}`)).join(', ')}}`;

const patternOf = (names: readonly (readonly string[])[]): string =>
	`(?:${names.flat().sort((a, b) => b.length - a.length).join('|')})`;

/** Alternatives, longest first, lower case; to be used without regard to case. */
export const monthPattern = patternOf(months);
export const weekdayPattern = patternOf(weekdays);
/** SQL maps from lower-case name to number (Monday is 1). */
export const monthNumbers = numbersOf(months);
export const weekdayNumbers = numbersOf(weekdays);

const english = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** A canonical instant as a person reads it without doubt: 5 Oct 2020 10:15. */
export function readably(canonical: string): string {
	const [, year, month, day, rest] = /^(\d{4})-(\d{2})-(\d{2})(.*)$/.exec(canonical) ?? [];
	return year === undefined ? canonical : `${String(Number(day))} ${english[Number(month) - 1] ?? ''} ${year}${(rest ?? '').replace(/:00$/, '')}`;
}
