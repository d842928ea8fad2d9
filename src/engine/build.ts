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
		try {
			duck.run(`create or replace table ${node.layer}."${node.name}" as ${inOrder(node, pack, node.name === pack.main.mart ? extendedSql(pack, extras, rendered(node.sql)) : rendered(node.sql))}`);
			const dimensions = pack.marts[node.name]?.dimensions?.map((id) => pack.dimensions[id]?.column ?? id);
			encodeColumns(duck, `${node.layer}."${node.name}"`, node.layer === 'marts' ? (dimensions ?? []) : null);
			const staging = node.layer === 'staging' ? pack.staging[node.name] : undefined;
			if (staging) {
				const checked = applyRules(duck, node.name, staging, rendered);
				built.moved[node.name] = { quarantined: checked.quarantined, copies: checked.copies };
				built.quality.push(...checked.results.map((result) => ({ model: node.name, ...result })));
			}
			const holds = (pack.models[node.name] ?? pack.marts[node.name])?.holds ?? {};
			built.quality.push(...checkHolds(duck, node, holds, rendered));
		} catch (error) {
			if (error instanceof ThroughlineError && error.code !== 'sql.failed') throw error;
			throw new ThroughlineError('model.failed', { model: node.name, message: error instanceof Error ? error.message : String(error) });
		}
		const rows = Number(duck.rows(`select count(*) as n from ${node.layer}."${node.name}"`)[0]?.n ?? 0);
		const timing = { name: node.name, layer: node.layer, rows, milliseconds: performance.now() - started };
		built.timings.push(timing);
		progress?.({ phase: node.layer, name: node.name, rows, milliseconds: timing.milliseconds, done: index + 1, total: order.length });
	});
	return built;
}

/** Rows of a mart stand in the order of its key: sums of them are the same to the last bit wherever and however often it is built. */
function inOrder(node: ModelNode, pack: Pack, sql: string): string {
	const key = node.layer === 'marts' ? (pack.marts[node.name]?.key ?? []) : [];
	return key.length === 0 ? sql : `from (\n${sql}\n) order by ${key.map((column) => `"${column}"`).join(', ')}`;
}

function checkHolds(duck: Duck, node: ModelNode, holds: Readonly<Record<string, string>>, rendered: (sql: string) => string): RuleResult[] {
	const entries = Object.entries(holds);
	if (entries.length === 0) return [];
	const counts = entries.map(([, condition], i) => `count(*) filter (where not coalesce((${rendered(condition)}), false)) as c${String(i)}`);
	const row = duck.rows(`select ${counts.join(', ')} from ${node.layer}."${node.name}" as this`)[0] ?? {};
	return entries.map(([rule], i) => ({ model: node.name, rule, severity: 'error', says: `Holds for every row of ${node.name}.`, count: Number(row[`c${String(i)}`] ?? 0) }));
}
