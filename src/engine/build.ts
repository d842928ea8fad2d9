import { extendedSql, type Extra } from '../import/extras.ts';
import { ThroughlineError } from '../lib/errors.ts';
import type { Pack } from '../pack/types.ts';
import type { ModelTiming, Progress, RuleResult } from './api.ts';
import { encodeColumns } from './dictionary.ts';
import type { Duck } from './duckdb.ts';
import type { ModelNode } from './graph.ts';
import { applyRules } from './rules.ts';
import { render, type Vars } from '../lib/template.ts';

export interface Built {
	timings: ModelTiming[];
	quality: RuleResult[];
	/** Staging model → rows set aside and identical copies dropped. */
	moved: Record<string, { quarantined: number; copies: number }>;
}

/**
 * Builds the given models in order in the current catalog. Staging models have their rules run as soon as they stand,
 * so that what is set aside never reaches a later model.
 */
export function buildModels(duck: Duck, pack: Pack, order: readonly ModelNode[], all: readonly ModelNode[], vars: Vars, progress?: Progress, extras: readonly Extra[] = []): Built {
	const layers = new Map(all.map((node) => [node.name, node.layer as string]));
	const built: Built = { timings: [], quality: [], moved: {} };
	order.forEach((node, index) => {
		const started = performance.now();
		const rendered = (sql: string): string => render(node.name, sql, (name) => layers.get(name), vars);
		let rows = 0;
		try {
			create(duck, pack, node, node.name === pack.main.mart ? extendedSql(pack, extras, rendered(node.sql)) : rendered(node.sql));
			const staging = node.layer === 'staging' ? pack.staging[node.name] : undefined;
			if (staging) {
				const checked = applyRules(duck, node.name, staging, rendered);
				built.moved[node.name] = { quarantined: checked.quarantined, copies: checked.copies };
				built.quality.push(...checked.results.map((result) => ({ model: node.name, ...result })));
			}
			const counted = count(duck, node, (pack.models[node.name] ?? pack.marts[node.name])?.holds ?? {}, rendered);
			rows = counted.rows;
			built.quality.push(...counted.results);
		} catch (error) {
			if (error instanceof ThroughlineError && error.code !== 'sql.failed') throw error;
			throw new ThroughlineError('model.failed', { model: node.name, message: error instanceof Error ? error.message : String(error) });
		}
		const timing = { name: node.name, layer: node.layer, rows, milliseconds: performance.now() - started };
		built.timings.push(timing);
		progress?.({ phase: node.layer, name: node.name, rows, milliseconds: timing.milliseconds, done: index + 1, total: order.length });
	});
	return built;
}

function create(duck: Duck, pack: Pack, node: ModelNode, sql: string): void {
	const table = `${node.layer}."${node.name}"`;
	if (pack.marts[node.name]?.view) {
		duck.run(`create or replace view ${table} as ${sql}`);
		return;
	}
	duck.run(`create or replace table ${table} as ${inOrder(node, pack, sql)}`);
	if (node.layer === 'marts') {
		const dimensions = pack.marts[node.name]?.dimensions?.map((id) => pack.dimensions[id]?.column ?? id) ?? [];
		if (dimensions.length > 0) encodeColumns(duck, table, (column) => dimensions.includes(column));
	} else {
		const key = (pack.staging[node.name] ?? pack.models[node.name])?.key ?? [];
		encodeColumns(duck, table, (column) => !key.includes(column), node.layer === 'intermediate');
	}
}

/** Rows of a mart stand in the order of its key: sums of them are the same to the last bit wherever and however often it is built. */
function inOrder(node: ModelNode, pack: Pack, sql: string): string {
	const key = node.layer === 'marts' ? (pack.marts[node.name]?.key ?? []) : [];
	return key.length === 0 ? sql : `from (\n${sql}\n) order by ${key.map((column) => `"${column}"`).join(', ')}`;
}

/** The rows of a model, and those for which something does not hold that it promises. */
function count(duck: Duck, node: ModelNode, holds: Readonly<Record<string, string>>, rendered: (sql: string) => string): { rows: number; results: RuleResult[] } {
	const entries = Object.entries(holds);
	const broken = entries.map(([, condition], i) => `count(*) filter (where not coalesce((${rendered(condition)}), false)) as c${String(i)}`);
	const row = duck.rows(`select ${['count(*) as n', ...broken].join(', ')} from ${node.layer}."${node.name}" as this`)[0] ?? {};
	const results = entries.map(([rule], i): RuleResult => ({ model: node.name, rule, severity: 'error', says: `Holds for every row of ${node.name}.`, count: Number(row[`c${String(i)}`] ?? 0) }));
	return { rows: Number(row.n ?? 0), results };
}
