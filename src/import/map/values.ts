import { mapping } from '../../lib/texts/mapping.ts';
import type { RawColumn } from '../../pack/types.ts';
import type { ColumnProfile, ValueCount } from '../types.ts';
import { oneEditApart, squashed } from './names.ts';

export interface ValueMatch {
	text: string;
	count: number;
	value: string;
	because: string;
	sure: boolean;
}

/** What becomes of the texts of a column with a closed list. `unmatched` stay as they are. */
export interface ValueProposal {
	values: Readonly<Record<string, string>>;
	matches: readonly ValueMatch[];
	unmatched: readonly ValueCount[];
}

type Found = Pick<ValueMatch, 'value' | 'because' | 'sure'>;

/** What each way of writing means, by column: contracts are declared once and stay. */
const known = new WeakMap<RawColumn, ReadonlyMap<string, Found>>();

function formsOf(column: RawColumn): ReadonlyMap<string, Found> {
	const before = known.get(column);
	if (before) return before;
	const forms = new Map<string, Found>();
	for (const [value, others] of Object.entries(column.valueSynonyms ?? {})) {
		for (const other of others) forms.set(squashed(other), { value, because: mapping.valueSynonym, sure: true });
	}
	for (const value of column.values ?? []) forms.set(squashed(value), { value, because: mapping.valueSame, sure: true });
	known.set(column, forms);
	return forms;
}

function found(column: RawColumn, text: string): Found | null {
	const form = squashed(text);
	if (form === '') return null;
	const exact = formsOf(column).get(form);
	if (exact) return exact;
	const near = (column.values ?? []).filter((value) => form.length > 3 && oneEditApart(squashed(value), form));
	return near.length === 1 && near[0] !== undefined ? { value: near[0], because: mapping.valueTyping, sure: false } : null;
}

const yes = new Set(['0', '1']);

/** A count where yes or no is asked for: any whole number above one is a yes. */
function counted(profile: ColumnProfile): ValueMatch[] {
	if (profile.values.length < profile.distinct || !profile.values.every(({ text }) => /^\d{1,9}$/.test(text))) return [];
	return profile.values.flatMap(({ text, count }) =>
		yes.has(text) ? [] : [{ text, count, value: Number(text) > 0 ? '1' : '0', because: mapping.counts, sure: false }],
	);
}

/** Only texts that are listed in the profile are looked at; null where the column asks for no list. */
export function proposeValues(column: RawColumn, profile: ColumnProfile): ValueProposal | null {
	if (column.type === 'boolean') {
		const matches = counted(profile);
		return matches.length === 0 ? null : { values: valuesOf(matches), matches, unmatched: [] };
	}
	if (!column.values) return null;
	const matches: ValueMatch[] = [];
	const unmatched: ValueCount[] = [];
	for (const each of profile.values) {
		if (column.values.includes(each.text)) continue;
		const match = found(column, each.text);
		if (match) matches.push({ text: each.text, count: each.count, ...match });
		else if (each.text.trim() !== '') unmatched.push(each);
	}
	return { values: valuesOf(matches), matches, unmatched };
}

const valuesOf = (matches: readonly ValueMatch[]): Record<string, string> => Object.fromEntries(matches.map(({ text, value }) => [text, value]));

/** The share of listed cells that are values of the closed list, under their own or another name (0–1). */
export function listedShare(column: RawColumn, profile: ColumnProfile): number {
	const cells = profile.values.reduce((sum, { count }) => sum + count, 0);
	const proposal = proposeValues(column, profile);
	if (cells === 0 || !proposal) return 0;
	const lost = proposal.unmatched.reduce((sum, { count }) => sum + count, 0) + proposal.matches.filter(({ sure }) => !sure).reduce((sum, { count }) => sum + count, 0);
	return (cells - lost) / cells;
}
