import { render } from '../../lib/template.ts';
import { aggregateOf } from '../../metrics/expressions.ts';
import type { Pack } from '../../pack/types.ts';
import type { Snippet } from './completion.ts';

/** The pack's measures that are aggregates, as they are computed at an as-of. */
export function snippetsOf(pack: Pack, asOf: string): Snippet[] {
	const layers = new Map<string, string>([...Object.keys(pack.staging).map((name) => [name, 'staging'] as const), ...Object.keys(pack.models).map((name) => [name, 'intermediate'] as const), ...Object.keys(pack.marts).map((name) => [name, 'marts'] as const)]);
	return Object.entries(pack.measures).flatMap(([id, measure]) => {
		const sql = aggregateOf(measure);
		return sql === null ? [] : [{ id, label: measure.label, table: measure.mart, sql: render(id, sql, (name) => layers.get(name), { ...pack.vars, as_of: asOf }) }];
	});
}
