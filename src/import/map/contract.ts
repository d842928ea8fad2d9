import type { Pack, RawColumn, RawTable } from '../../pack/types.ts';
import { canonical, singular } from './names.ts';

/** A column of a raw table that names a row of another one. */
export interface Reference {
	column: string;
	to: string;
}

/** The raw column that a staging column comes from: of the same name, or known by it. */
function rawColumn(table: RawTable, staged: string): string | null {
	if (Object.hasOwn(table.columns, staged)) return staged;
	return Object.entries(table.columns).find(([, column]) => column.synonyms?.includes(staged))?.[0] ?? null;
}

/** The columns that tell rows of a raw table apart; empty where the pack does not say. */
export function keyOf(pack: Pack, table: string): string[] {
	const contract = pack.raw[table];
	const model = Object.values(pack.staging).find(({ source }) => source === table);
	if (!contract || !model) return [];
	const key = model.key.map((column) => rawColumn(contract, column));
	return key.every((column) => column !== null) ? key : [];
}

export function referencesOf(pack: Pack, table: string): Reference[] {
	const contract = pack.raw[table];
	if (!contract) return [];
	const rules = Object.values(pack.staging).filter(({ source }) => source === table).flatMap((model) => model.rules);
	return rules.flatMap((rule): Reference[] => {
		if (rule.kind !== 'reference') return [];
		const column = rawColumn(contract, rule.column);
		const to = pack.staging[rule.to]?.source;
		return column === null || to === undefined ? [] : [{ column, to }];
	});
}

/** The raw table whose rows are the pack's entity. */
export function mainTable(pack: Pack): string | null {
	return Object.values(pack.staging).find(({ key }) => key.length === 1 && key[0] === pack.main.key)?.source ?? null;
}

/** The column that is empty while a row of the main table goes on. */
export function endColumn(pack: Pack): string | null {
	const main = mainTable(pack);
	const ends = Object.values(pack.measures).flatMap((measure) => (measure.kind === 'survival' ? [measure.end] : []));
	return ends.find((column) => main !== null && pack.raw[main] && Object.hasOwn(pack.raw[main].columns, column)) ?? null;
}

export const isNeeded = (column: RawColumn): boolean => column.filled === true;

/** What a column weighs when a table is recognised: what every row must have counts double, what may be missing half. */
export const weightOf = (column: RawColumn): number => (isNeeded(column) ? 2 : column.required === false ? 0.5 : 1);

/** `case_status` for the status of cases; a bare id of another table is no name for this one's. */
export const withTable = (table: string, column: string): string => canonical(`${singular(table)} ${column}`);
