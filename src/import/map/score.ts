import { mapping } from '../../lib/texts/mapping.ts';
import type { RawColumn } from '../../pack/types.ts';
import type { ColumnProfile, ColumnReading } from '../types.ts';
import { contentFit, percent } from './content.ts';
import { withTable } from './contract.ts';
import { canonical, oneEditApart, squashed } from './names.ts';
import { listedShare } from './values.ts';

/** From this score on a match is taken as sure. */
export const SURE = 0.75;
/** Below this score no match is proposed. */
export const LEAST = 0.4;

/** A contract column with the names it goes by. */
export interface Wanted {
	table: string;
	column: string;
	contract: RawColumn;
	/** Other names: of the contract, and those of the key that it refers to. */
	synonyms: readonly string[];
	/** Whether its name alone may stand for it: not where the file's own rows have a column of that name. */
	bare: boolean;
}

export interface SourceColumn {
	name: string;
	profile: ColumnProfile | undefined;
	reading: ColumnReading | undefined;
}

export interface Scored {
	score: number;
	because: string;
}

const none: Scored = { score: 0, because: '' };

function sharedWords(a: string, b: string): string[] {
	const words = new Set(b.split(' '));
	return a.split(' ').filter((word) => word.length > 2 && words.has(word));
}

/** Score of two names, 0–1. */
function byName({ table, column, synonyms, bare }: Wanted, name: string): Scored {
	const form = canonical(name);
	if (bare) {
		if (name === column) return { score: 1, because: mapping.exact };
		if (squashed(name) !== '' && squashed(name) === squashed(column)) return { score: 0.97, because: mapping.alike };
		if (form !== '' && form === canonical(column)) return { score: 0.94, because: mapping.close };
	}
	if (form === withTable(table, column)) return { score: 0.93, because: mapping.ofTable(table) };
	if (synonyms.some((other) => squashed(other) === squashed(name))) return { score: 0.9, because: mapping.synonym(column) };
	if (synonyms.some((other) => canonical(other) === form)) return { score: 0.88, because: mapping.synonym(column) };
	const near = [column, ...synonyms].find((other) => squashed(other).length > 4 && oneEditApart(squashed(other), squashed(name)));
	if (near !== undefined) return { score: 0.7, because: mapping.typing(near) };
	const shared = sharedWords(form, canonical(column));
	const most = Math.max(form.split(' ').length, canonical(column).split(' ').length);
	return shared.length * 2 >= most && most > 1 ? { score: 0.35 + 0.2 * (shared.length / most), because: mapping.partly(shared.join(', ')) } : none;
}

function byValues(wanted: Wanted, profile: ColumnProfile | undefined): Scored {
	if (!wanted.contract.values || !profile || profile.distinct < 2 || profile.distinct > 30) return none;
	const share = listedShare(wanted.contract, profile);
	return share >= 0.9 ? { score: 0.5, because: mapping.values(percent(share)) } : none;
}

/** How much speaks for a source column as a contract column: its name, weakened where its content does not fit, or its content alone. */
export function scoreColumn(wanted: Wanted, { name, profile, reading }: SourceColumn): Scored {
	const named = byName(wanted, name);
	const content = named.score === 0 ? null : contentFit(wanted.contract, profile, reading);
	const score = content === null ? 0 : named.score * (0.5 + 0.5 * content.fit);
	const valued = byValues(wanted, profile);
	if (valued.score > score) return valued;
	return score < LEAST ? none : { score, because: [named.because, content?.because].filter((part) => part !== undefined && part !== null && part !== '').join('; ') };
}
