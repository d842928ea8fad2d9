import type { Choice, Dialect } from '../../import/types.ts';
import { dialects } from '../../lib/texts/dialects.ts';
import { intake } from '../../lib/texts/intake.ts';

const say = intake.files;

const common: { readonly [K in keyof Dialect]: readonly Dialect[K][] } = {
	encoding: ['utf-8', 'windows-1252', 'windows-1250', 'windows-1251', 'windows-1253', 'windows-1254', 'windows-1255', 'windows-1256', 'windows-1257', 'windows-1258', 'utf-16le', 'utf-16be'],
	delimiter: [',', ';', '\t', '|', ''],
	quote: ['"', "'", ''],
	escape: ['"', '\\', ''],
	preamble: [0, 1, 2, 3, 4, 5],
	headers: [0, 1, 2, 3],
	footer: [0, 1, 2, 3, 4, 5],
};

/** Everything that a part of a dialect may be set to: what holds, what else fits, and what is common. */
export function choicesOf<K extends keyof Dialect>(key: K, { value, others }: Choice<Dialect[K]>): Dialect[K][] {
	const more: readonly Dialect[K][] = common[key];
	const all = [...new Set([value, ...others, ...more])];
	return typeof value === 'number' ? all.sort((a, b) => Number(a) - Number(b)) : all;
}

/** What a choice is called on the page. */
export function choiceWords(key: keyof Dialect, value: string | number, quote: string): string {
	if (typeof value === 'number') return value === 0 ? say.none : String(value);
	if (key === 'encoding') return value.toUpperCase().replace('WINDOWS', 'Windows');
	if (key === 'escape') return value === '' ? say.asItStands : value === '\\' ? say.backslash : value === quote ? say.doubled : value;
	return value === '' ? say.nothing : dialects.delimiterName(value);
}
