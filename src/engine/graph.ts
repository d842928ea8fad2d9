import { ThroughlineError } from '../lib/errors.ts';
import type { Pack, Rule } from '../pack/types.ts';
import { mentions } from '../lib/template.ts';

export type Layer = 'staging' | 'intermediate' | 'marts';

export interface ModelNode {
	name: string;
	layer: Layer;
	sql: string;
	refs: string[];
	sources: string[];
}

/** SQL files of one pack, keyed `<layer>/<model>`. */
export type ModelFiles = Readonly<Record<string, string>>;

function ruleRefs(rules: readonly Rule[]): string[] {
	return rules.flatMap((rule) => (rule.kind === 'reference' ? [rule.to] : rule.kind === 'condition' ? mentions(rule.violated).refs : []));
}

/** Models in an order in which each comes after all that it, or one of its rules, refers to. Ties by layer, then name. */
export function buildOrder(pack: Pick<Pack, 'staging'>, files: ModelFiles): ModelNode[] {
	const nodes = new Map<string, ModelNode>();
	for (const [path, sql] of Object.entries(files)) {
		const [layer, name] = path.split('/') as [Layer, string];
		const found = mentions(sql);
		const refs = new Set([...found.refs, ...ruleRefs(pack.staging[name]?.rules ?? [])]);
		refs.delete(name);
		nodes.set(name, { name, layer, sql, refs: [...refs], sources: found.sources });
	}
	const ordered: ModelNode[] = [];
	const state = new Map<string, 'visiting' | 'done'>();
	const visit = (node: ModelNode, path: string[]): void => {
		if (state.get(node.name) === 'done') return;
		if (state.get(node.name) === 'visiting') {
			const start = path.indexOf(node.name);
			throw new ThroughlineError('model.cycle', { path: [...path.slice(start), node.name].join(' → ') });
		}
		state.set(node.name, 'visiting');
		for (const ref of node.refs) {
			const target = nodes.get(ref);
			if (!target) throw new ThroughlineError('model.unknown-ref', { model: node.name, ref });
			visit(target, [...path, node.name]);
		}
		state.set(node.name, 'done');
		ordered.push(node);
	};
	const layers: Layer[] = ['staging', 'intermediate', 'marts'];
	const sorted = [...nodes.values()].sort((a, b) => layers.indexOf(a.layer) - layers.indexOf(b.layer) || (a.name < b.name ? -1 : 1));
	for (const node of sorted) visit(node, []);
	return ordered;
}
