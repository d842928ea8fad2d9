import { ThroughlineError } from './errors.ts';

const pattern = /\{\{\s*(ref|source|var)\(\s*'([^']+)'\s*(?:,\s*'([^']+)'\s*)?\)\s*\}\}/g;

export type Vars = Readonly<Record<string, number | string>>;

export interface Mentions {
	refs: string[];
	sources: string[];
}

export function mentions(sql: string): Mentions {
	const refs = new Set<string>();
	const sources = new Set<string>();
	for (const [, verb, first, second] of sql.matchAll(pattern)) {
		if (verb === 'ref' && first) refs.add(first);
		if (verb === 'source' && second) sources.add(second);
	}
	return { refs: [...refs], sources: [...sources] };
}

/** An instant (ISO text, no zone) as a DuckDB literal. */
export function instantLiteral(iso: string): string {
	return `timestamp '${iso.replace('T', ' ').replace(/[^0-9 :.-]/g, '')}'`;
}

/** Renders `{{ ref }}`, `{{ source }}` and `{{ var }}`; `as_of` becomes a timestamp, numbers stay numbers. */
export function render(name: string, sql: string, layerOf: (model: string) => string | undefined, vars: Vars): string {
	return sql.replace(pattern, (_, verb: string, first: string, second: string | undefined) => {
		if (verb === 'source') return `raw."${second ?? ''}"`;
		if (verb === 'ref') {
			const layer = layerOf(first);
			if (layer === undefined) throw new ThroughlineError('model.unknown-ref', { model: name, ref: first });
			return `${layer}."${first}"`;
		}
		const value = vars[first];
		if (value === undefined) throw new ThroughlineError('model.unknown-var', { model: name, name: first });
		if (first === 'as_of') return instantLiteral(String(value));
		return typeof value === 'number' ? String(value) : `'${value.replaceAll("'", "''")}'`;
	});
}
