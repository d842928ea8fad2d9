import type { Described } from './columns.ts';
import { shareOf } from './content.ts';
import { wordsOf } from './names.ts';

/** A file that counts instead of listing: one row for each text of `key`, and numbers beside it. */
export interface Summary {
	key: string;
	counts: readonly string[];
}

const counting = /^(count|counts|total|totals|number|n|open|active|closed|resolved|volume|backlog|cases|tickets|items|load|caseload)$/;
const whole = /^\d{1,12}$/;

export function summaryOf({ source, profiles }: Described): Summary | null {
	const [first, ...rest] = source.columns.map((name) => profiles.find(({ column }) => column === name));
	if (!first || rest.length === 0 || source.rows < 2 || first.distinct !== source.rows || first.filled !== source.rows) return null;
	const counts = rest.filter((profile) => profile !== undefined && profile.filled > 0 && shareOf(profile, (text) => whole.test(text)) === 1);
	if (counts.length !== rest.length) return null;
	const named = counts.filter((profile) => profile !== undefined && wordsOf(profile.column).some((word) => counting.test(word))).flatMap((profile) => (profile ? [profile.column] : []));
	return named.length > 0 ? { key: first.column, counts: named } : null;
}
