import { mainTable } from '../import/map/contract.ts';
import { live, lost, opened, type Known } from '../lib/known/known.ts';
import { relationOf, type Relation } from '../lib/known/model.ts';
import type { Model, Pack } from '../pack/types.ts';
import type { Lacks } from './api.ts';
import { modelsOf } from './models.ts';
import { jsonColumns } from './raw.ts';

/** A raw table as it is when some of its columns, or all of it, are missing. */
function rawRelation(pack: Pack, name: string, absent: ReadonlySet<string>): Relation {
	const table = pack.raw[name];
	if (!table) return { rows: live, columns: null };
	if (absent.has(name)) return { rows: lost(name), columns: new Map(['_row', ...Object.keys(table.columns), ...jsonColumns(table).map((column) => `${column}_fields`)].map((column) => [column, lost(name)])) };
	const main = mainTable(pack) === name;
	const known = (column: string): Known => {
		const contract = table.columns[column];
		if (absent.has(`${name}.${column}`)) return lost(`${name}.${column}`);
		return main && contract?.type === 'timestamp' && contract.filled === true ? opened : live;
	};
	return { rows: live, columns: new Map([['_row', live], ...Object.keys(table.columns).map((column) => [column, known(column)] as const), ...jsonColumns(table).map((column) => [`${column}_fields`, known(column)] as const)]) };
}

/** What a model gives, without what rests on nothing but what is absent. */
function resting(relation: Relation, rests: Model['rests'], absent: ReadonlySet<string>): Relation {
	const isGone = (source: string): boolean => absent.has(source) || absent.has(source.split('.')[0] ?? '');
	const gone = Object.entries(rests ?? {}).flatMap(([column, sources]) => (sources.every(isGone) ? [[column, lost(...new Set(sources.map((source) => (absent.has(source) ? source : (source.split('.')[0] ?? '')))))] as const] : []));
	const rows = gone.find(([column]) => column === '*')?.[1] ?? relation.rows;
	return { rows, columns: relation.columns && new Map([...relation.columns, ...gone.filter(([column]) => column !== '*')]) };
}

/**
 * The columns of marts (`*`: their rows) all of whose values come from raw tables (`cases`) and columns (`cases.urgency`) that are absent,
 * each with those that are to blame. Read from the models' SQL and from what they say they rest on; a column of which neither is plain is not among them.
 */
export function lackingIn(pack: Pack, absent: readonly string[]): Lacks {
	if (absent.length === 0) return {};
	const gone = new Set(absent);
	const relations = new Map<string, Relation>();
	for (const { name, sql } of modelsOf(pack)) {
		const read = relationOf(sql, (kind, from) => (kind === 'source' ? rawRelation(pack, from, gone) : (relations.get(from) ?? { rows: live, columns: null })));
		relations.set(name, resting(read, (pack.models[name] ?? pack.marts[name])?.rests, gone));
	}
	return Object.fromEntries(
		Object.keys(pack.marts).flatMap((mart) => {
			const found = relations.get(mart);
			const columns = [['*', found?.rows ?? live] as const, ...(found?.columns ?? [])].flatMap(([column, known]) => (known.is === 'lost' ? [[column, [...known.lacks]] as const] : []));
			return columns.length > 0 ? [[mart, Object.fromEntries(columns)]] : [];
		}),
	);
}
