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

export const box = { width: 160, height: 42 } as const;
const margin = 2;

/** From the right side of a box to the left side of another; through the columns between them straight, so that no box is crossed. */
function pathThrough(from: { x: number; y: number } | undefined, between: readonly { x: number; y: number }[], to: { x: number; y: number } | undefined): string {
	if (!from || !to) return '';
	const half = box.width / 2;
	const stops = [from, ...between, to];
	return stops.slice(1).reduce((path, { x, y }, i) => {
		const [x0, y0, x1] = [(stops[i]?.x ?? 0) + half, stops[i]?.y ?? 0, x - half];
		const middle = (x0 + x1) / 2;
		const straight = i === stops.length - 2 ? '' : `H${String(x + half)}`;
		return `${path}C${String(middle)},${String(y0)} ${String(middle)},${String(y)} ${String(x1)},${String(y)}${straight}`;
	}, `M${String(from.x + half)},${String(from.y)}`);
}

/** Boxes from left to right along what reads what; raw tables stand in the first column and their staging models in the second. */
export async function laidOut({ nodes, edges }: Lineage): Promise<Laid> {
	const { Graph, layout } = await import('@dagrejs/dagre');
	const graph = new Graph();
	graph.setGraph({ rankdir: 'LR', nodesep: 12, edgesep: 10, ranksep: 32 });
	for (const { id } of nodes) graph.setNode(id, { width: box.width, height: box.height });
	// Short edges are bought by weight: a root that nobody sees holds the raw tables in one column.
	graph.setNode('root', { width: 0, height: 0 });
	const raw = new Set(nodes.flatMap(({ id, layer }) => (layer === 'raw' ? [id] : [])));
	for (const id of raw) graph.setEdge('root', id, { weight: 50 });
	for (const { from, to } of edges) graph.setEdge(from, to, { weight: raw.has(from) ? 50 : 1 });
	layout(graph);
	const spots = nodes.map(({ id }) => ({ id, ...(graph.node(id) as { x: number; y: number }) }));
	const [left, top] = [Math.min(...spots.map(({ x }) => x - box.width / 2)), Math.min(...spots.map(({ y }) => y - box.height / 2))];
	const columns = new Set(spots.map(({ x }) => Math.round(x)));
	const moved = ({ x, y }: { x: number; y: number }) => ({ x: x - left + margin, y: y - top + margin });
	const at = new Map(spots.map((spot) => [spot.id, moved(spot)]));
	return {
		nodes: nodes.map((node) => ({ ...node, x: at.get(node.id)?.x ?? 0, y: at.get(node.id)?.y ?? 0 })),
		edges: edges.map(({ from, to }) => {
			const { points = [] } = graph.edge(from, to) as { points?: { x: number; y: number }[] };
			// dagre bends lines between columns as well; only the bends within one are needed.
			return { from, to, path: pathThrough(at.get(from), points.slice(1, -1).filter(({ x }) => columns.has(Math.round(x))).map(moved), at.get(to)) };
		}),
		width: Math.max(...spots.map(({ x }) => x)) - left + box.width / 2 + 2 * margin,
		height: Math.max(...spots.map(({ y }) => y)) - top + box.height / 2 + 2 * margin,
	};
}

/** Where an arrow key leads: right and left along the lines, to the nearest; down and up through a column and on into the next, so that every box is reached. */
export function stepFrom({ nodes, edges }: Pick<Laid, 'nodes' | 'edges'>, id: string, key: string): string | null {
	const at = nodes.find((node) => node.id === id);
	if (!at) return null;
	if (key === 'ArrowDown' || key === 'ArrowUp') {
		const inColumns = nodes.toSorted((a, b) => (Math.abs(a.x - b.x) < 1 ? a.y - b.y : a.x - b.x));
		return inColumns[inColumns.indexOf(at) + (key === 'ArrowDown' ? 1 : -1)]?.id ?? null;
	}
	const linked = key === 'ArrowRight' ? edges.filter(({ from }) => from === id).map(({ to }) => to) : key === 'ArrowLeft' ? edges.filter(({ to }) => to === id).map(({ from }) => from) : [];
	return nodes.filter((node) => linked.includes(node.id)).toSorted((a, b) => Math.abs(a.y - at.y) - Math.abs(b.y - at.y))[0]?.id ?? null;
}
