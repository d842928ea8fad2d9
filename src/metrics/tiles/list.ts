import { counted, countText } from '../../lib/format.ts';
import { expression, identifier, martCalled, relationOf, within } from '../relation.ts';
import type { ResultRow } from '../finish.ts';
import type { Context } from '../request.ts';
import type { Finding, Plan, TileOf } from './plan.ts';
import { fill } from './says.ts';

export interface ListResult {
	kind: 'list';
	rows: readonly ResultRow[];
	/** Rows that there are; the list holds at most `listLimit` of them and says so. */
	count: number;
	finding: Finding;
}

export const listLimit = 5000;

/** Placeholders: {n} rows there are, {counted} with the pack's noun. A list states what is there; it claims no difference. */
export function listPlan(context: Context, tile: TileOf<'list'>): Plan<ListResult> {
	const mart = martCalled(context.pack, tile.mart);
	const relation = relationOf(context, tile.mart);
	const conditions = [tile.where === undefined ? null : `(${expression(context, tile.id, tile.where)})`, mart.opened === undefined ? null : within(mart.opened, context.range)].filter((part) => part !== null);
	const where = conditions.length > 0 ? ` where ${conditions.join(' and ')}` : '';
	const columns = [...new Set([tile.key, ...tile.columns.map((column) => column.column)])].map((column) => {
		const format = tile.columns.find((each) => each.column === column)?.format;
		return format === 'timestamp' ? `epoch_ms(${identifier(column)})::double as ${identifier(column)}` : identifier(column);
	});
	return {
		statements: [
			`select ${columns.join(', ')} from ${relation.name}${where} order by ${expression(context, tile.id, tile.orderBy)}, ${identifier(tile.key)} limit ${String(listLimit)}`,
			`select count(*)::double as n from ${relation.name}${where}`,
		],
		selections: relation.selection ? [relation.selection] : [],
		read: ([rows = [], counts = []]) => {
			const count = Number(counts[0]?.n ?? 0);
			const words = { n: countText(count), counted: counted(count, context.pack.entity) };
			return { kind: 'list', rows, count, finding: { text: fill(count > 0 ? tile.says.claim : tile.says.none, words), claim: false, words, named: [] } };
		},
	};
}
