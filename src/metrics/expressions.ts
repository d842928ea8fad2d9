import type { Measure, Pack } from '../pack/types.ts';

/**
 * A measure as one aggregate over rows of its mart, so that expressions may name it (`{cases_opened}`); null where it is no
 * aggregate (Kaplan–Meier). It may still hold `{{ var(…) }}`.
 */
export function aggregateOf(measure: Measure): string | null {
	const rows = measure.where === undefined ? '' : ` filter (where ${measure.where})`;
	const among = (condition: string): string => ` filter (where (${condition})${measure.where === undefined ? '' : ` and (${measure.where})`})`;
	switch (measure.kind) {
		case 'count':
			return `count(*)${rows}::double`;
		case 'sum':
			return `sum(${measure.expr})${rows}::double`;
		case 'mean':
			return `avg(${measure.expr})${rows}`;
		case 'share':
			return `(count(*)${among(`(${measure.num}) and (${measure.den})`)}::double / nullif(count(*)${among(measure.den)}, 0))`;
		case 'ratio':
			return `(sum(${measure.num})${rows}::double / nullif(sum(${measure.den})${rows}, 0))`;
		case 'quantile':
			return `quantile_cont(${measure.expr}, ${String(measure.q)})${rows}`;
		case 'balance':
			return `count(*)${among(`${measure.from} <= {{ var('as_of') }} and (${measure.to} is null or ${measure.to} > {{ var('as_of') }})`)}::double`;
		case 'expression':
			return `(${measure.expr})`;
		case 'survival':
			return null;
	}
}

/** Measures that an expression over this mart may name. */
export function usable(pack: Pack, mart: string): string[] {
	return Object.entries(pack.measures).flatMap(([id, measure]) => (measure.mart === mart && measure.kind !== 'expression' && aggregateOf(measure) !== null ? [id] : []));
}

/** The expression with the measures it names put in; what cannot be put in stays, for DuckDB to refuse. */
export function inlined(pack: Pack, mart: string, expr: string): string {
	return expr.replace(/\{(\w+)\}(?!\})/g, (whole, id: string, at: number) => {
		const measure = expr[at - 1] === '{' ? undefined : pack.measures[id];
		return measure?.mart === mart && measure.kind !== 'expression' ? (aggregateOf(measure) ?? whole) : whole;
	});
}
