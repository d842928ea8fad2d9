import type { Pack } from '../../pack/types.ts';
import type { ColumnProfile, ColumnReading, Source } from '../types.ts';
import { assign } from './assign.ts';
import { shareOf } from './content.ts';
import { keyOf, referencesOf } from './contract.ts';
import { canonical, singular, wordsOf } from './names.ts';
import { LEAST, scoreColumn, type Scored, type SourceColumn, type Wanted } from './score.ts';

/** A source with what was measured of it. */
export interface Described {
	source: Source;
	profiles: readonly ColumnProfile[];
	readings?: readonly ColumnReading[];
}

export interface Candidate extends Scored {
	from: readonly string[];
}

/** What was found for a contract column: the best assignment, and what else fits. */
export interface Found {
	wanted: Wanted;
	match: Candidate | null;
	others: readonly Candidate[];
}

const clock = /^\d{1,2}[:.h]\d{2}([:.]\d{2}(\.\d+)?)?\s*([ap]\.?m\.?)?$|^\d{1,2}\s*[ap]\.?m\.?$/i;

/** Columns with a time of day, by the column that has the date it belongs to: `call_date` and `call_time`, `Date` and `Time`. */
export function timesOf({ source, profiles }: Described): Map<string, string> {
	const stem = (name: string, last: string): string | null => {
		const words = wordsOf(name);
		return words.at(-1) === last ? words.slice(0, -1).join(' ') : null;
	};
	return new Map(
		source.columns.flatMap((date): [string, string][] => {
			const name = stem(date, 'date');
			const time = name === null ? undefined : source.columns.find((other) => stem(other, 'time') === name);
			const profile = profiles.find(({ column }) => column === time);
			return time !== undefined && profile && shareOf(profile, (text) => clock.test(text)) > 0.9 ? [[date, time]] : [];
		}),
	);
}

export function columnsOf({ source, profiles, readings }: Described): SourceColumn[] {
	const profileOf = new Map(profiles.map((profile) => [profile.column, profile]));
	const readingOf = new Map((readings ?? []).map((reading) => [reading.column, reading]));
	return source.columns.map((name) => ({ name, profile: profileOf.get(name), reading: readingOf.get(name) }));
}

/** The contract columns of a table, each with all the names it goes by. `own`: the names that mean a column of the file's own rows. */
export function wantedOf(pack: Pack, table: string, own: ReadonlySet<string> | null): Wanted[] {
	const targets = new Map(referencesOf(pack, table).map(({ column, to }) => [column, to]));
	return Object.entries(pack.raw[table]?.columns ?? {}).map(([column, contract]) => {
		const to = targets.get(column);
		const key = to === undefined ? undefined : keyOf(pack, to)[0];
		const keySynonyms = to === undefined || key === undefined ? [] : (pack.raw[to]?.columns[key]?.synonyms ?? []);
		return { table, column, contract, synonyms: [...(contract.synonyms ?? []), ...keySynonyms, ...(to === undefined ? [] : [singular(to)])], bare: own === null || !own.has(canonical(column)) };
	});
}

/** At most so many source columns stand for assignment per contract column; the others score lower than all of these. */
const STANDING = 12;

/** The assignment with the best total score; each source column is used at most once. `allowed` may forbid a pair. */
export function matchColumns(wanted: readonly Wanted[], described: Described, allowed: (wanted: Wanted, column: string) => boolean): Found[] {
	const times = timesOf(described);
	const spent = new Set(times.values());
	const columns = columnsOf(described).filter(({ name }) => !spent.has(name));
	const ranked = wanted.map((one) =>
		columns
			.map((column): Candidate => ({ from: [column.name], ...scoreColumn(one, column) }))
			.filter(({ from, score }) => score >= LEAST && allowed(one, from[0] ?? ''))
			.sort((a, b) => b.score - a.score)
			.slice(0, STANDING),
	);
	const names = [...new Set(ranked.flatMap((candidates) => candidates.map(({ from }) => from[0] ?? '')))];
	const chosen = assign(ranked.map((candidates) => names.map((name) => candidates.find(({ from }) => from[0] === name)?.score ?? 0)));
	return wanted.map((one, i) => {
		const name = names[chosen[i] ?? -1];
		const full = (ranked[i] ?? []).map((candidate) => {
			const time = one.contract.type === 'timestamp' ? times.get(candidate.from[0] ?? '') : undefined;
			return time === undefined ? candidate : { ...candidate, from: [...candidate.from, time] };
		});
		return { wanted: one, match: full.find(({ from }) => from[0] === name) ?? null, others: full.filter(({ from }) => from[0] !== name) };
	});
}
