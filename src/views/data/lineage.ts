import type { Dataset, ModelInfo } from '../../engine/api.ts';

export type LineageLayer = 'raw' | 'staging' | 'quarantine' | 'intermediate' | 'marts';

export interface LineageNode {
	/** Its name in SQL: `staging.stg_cases`. */
	id: string;
	name: string;
	layer: LineageLayer;
	rows: number;
	/** Null for what is not built by a model of its own. */
	milliseconds: number | null;
}

export interface Lineage {
	nodes: LineageNode[];
	/** From what is read to what reads it. */
	edges: { from: string; to: string }[];
}

/** Raw tables, models and the rows set aside, with what reads what. */
export function lineageOf(models: readonly ModelInfo[], dataset: Dataset): Lineage {
	const idOf = new Map(models.map(({ name, layer }) => [name, `${layer}.${name}`]));
	const raw = dataset.accounts.map(({ table, read }): LineageNode => ({ id: `raw.${table}`, name: table, layer: 'raw', rows: read, milliseconds: null }));
	const built = models.map(({ name, layer }): LineageNode => {
		const timing = dataset.timings.find((each) => each.name === name);
		return { id: `${layer}.${name}`, name, layer: layer as LineageLayer, rows: timing?.rows ?? 0, milliseconds: timing?.milliseconds ?? 0 };
	});
	const aside = models.flatMap(({ name, layer, sources }): LineageNode[] => {
		const rows = layer === 'staging' ? (dataset.accounts.find(({ table }) => table === sources[0])?.quarantined ?? 0) : 0;
		return rows > 0 ? [{ id: `quarantine.${name}`, name, layer: 'quarantine', rows, milliseconds: null }] : [];
	});
	const edges = models.flatMap(({ name, layer, refs, sources }) => [...sources.map((source) => `raw.${source}`), ...refs.flatMap((ref) => idOf.get(ref) ?? [])].map((from) => ({ from, to: `${layer}.${name}` })));
	return { nodes: [...raw, ...built, ...aside], edges: [...edges, ...aside.map(({ id, name }) => ({ from: `staging.${name}`, to: id }))] };
}

/** Everything that a node rests on, and everything that rests on it, without the node itself. */
export function kinOf({ edges }: Lineage, id: string): { before: Set<string>; after: Set<string> } {
	const reach = (next: (at: string) => string[]): Set<string> => {
		const found = new Set<string>();
		const visit = (at: string): void => {
			for (const one of next(at)) {
				if (found.has(one)) continue;
				found.add(one);
				visit(one);
			}
		};
		visit(id);
		return found;
	};
	return { before: reach((at) => edges.filter(({ to }) => to === at).map(({ from }) => from)), after: reach((at) => edges.filter(({ from }) => from === at).map(({ to }) => to)) };
}

export interface Placed extends LineageNode {
	/** The middle of its box, px. */
	x: number;
	y: number;
}

export interface Laid {
	nodes: Placed[];
	edges: { from: string; to: string; path: string }[];
	width: number;
	height: number;
}

export const box = { width: 184, height: 42 } as const;

/** Boxes from left to right along what reads what. */
export async function laidOut({ nodes, edges }: Lineage): Promise<Laid> {
	const { Graph, layout } = await import('@dagrejs/dagre');
	const graph = new Graph();
	graph.setGraph({ rankdir: 'LR', nodesep: 12, ranksep: 64, marginx: 4, marginy: 4 });
	graph.setDefaultEdgeLabel(() => ({}));
	for (const { id } of nodes) graph.setNode(id, { width: box.width, height: box.height });
	for (const { from, to } of edges) graph.setEdge(from, to);
	layout(graph);
	const at = new Map(nodes.map(({ id }) => [id, graph.node(id) as { x: number; y: number }]));
	const side = (id: string, by: 1 | -1): [number, number] => [(at.get(id)?.x ?? 0) + (by * box.width) / 2, at.get(id)?.y ?? 0];
	const { width = 0, height = 0 } = graph.graph() as { width?: number; height?: number };
	return {
		nodes: nodes.map((node) => ({ ...node, x: at.get(node.id)?.x ?? 0, y: at.get(node.id)?.y ?? 0 })),
		edges: edges.map(({ from, to }) => {
			const [[x0, y0], [x1, y1]] = [side(from, 1), side(to, -1)];
			const bend = Math.max(24, Math.min(64, (x1 - x0) / 2));
			return { from, to, path: `M${String(x0)},${String(y0)}C${String(x0 + bend)},${String(y0)} ${String(x1 - bend)},${String(y1)} ${String(x1)},${String(y1)}` };
		}),
		width,
		height,
	};
}

/** Where an arrow key leads: right and left along the lines, to the nearest; up and down within a column. */
export function stepFrom({ nodes, edges }: Pick<Laid, 'nodes' | 'edges'>, id: string, key: string): string | null {
	const at = nodes.find((node) => node.id === id);
	if (!at) return null;
	const linked = key === 'ArrowRight' ? edges.filter(({ from }) => from === id).map(({ to }) => to) : key === 'ArrowLeft' ? edges.filter(({ to }) => to === id).map(({ from }) => from) : null;
	const column = nodes.filter(({ x, y }) => Math.abs(x - at.x) < 1 && (key === 'ArrowDown' ? y > at.y : key === 'ArrowUp' ? y < at.y : false));
	const among = linked ? nodes.filter((node) => linked.includes(node.id)) : column;
	return among.toSorted((a, b) => Math.abs(a.y - at.y) - Math.abs(b.y - at.y))[0]?.id ?? null;
}
