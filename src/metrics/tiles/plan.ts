import type { Pack, Tile } from '../../pack/types.ts';
import { compile } from '../compile.ts';
import { finish, type ResultRow } from '../finish.ts';
import { measureCalled } from '../relation.ts';
import type { Context, MeasureRequest, MeasureRow } from '../request.ts';
import type { Kernel } from '../statistics/kernels.ts';

export type Kernels = Readonly<Record<string, Kernel>>;

export interface Selection {
	name: string;
	sql: string;
}

/** What to ask of the engine, and how to read the answers (one array of rows for each statement, in order). */
export interface Plan<T> {
	statements: string[];
	/** Faster ways to the rows of some of the statements. */
	kernels?: Kernels;
	selections: Selection[];
	read: (answers: readonly (readonly ResultRow[])[]) => T;
}

/** The sentence of a tile. `claim`: it says that something differs, and the test behind it passed. */
export interface Finding {
	text: string;
	claim: boolean;
	/** Values the sentence was made of, for sentences of other tiles that build on it. */
	words: Readonly<Record<string, string>>;
	/** Raw values of the groups named, for evidence and tests. */
	named: readonly (string | null)[];
}

export type TileOf<K extends Tile['kind']> = Extract<Tile, { kind: K }>;

export function measurePlan(context: Context, request: MeasureRequest): Plan<MeasureRow[]> {
	const compiled = compile(context, request);
	const measure = measureCalled(context.pack, request.measure);
	return {
		statements: [compiled.sql],
		kernels: compiled.kernel ? { [compiled.sql]: compiled.kernel } : {},
		selections: compiled.relation.selection ? [compiled.relation.selection] : [],
		read: ([rows]) => finish(measure, compiled, rows ?? [], request.tested === true),
	};
}

export function kernelsOf(plans: readonly Pick<Plan<unknown>, 'kernels'>[]): Kernels {
	return Object.assign({}, ...plans.map(({ kernels }) => kernels)) as Kernels;
}

/** Several plans as one; `read` gets their results in order. */
export function together<T, R>(plans: readonly Plan<T>[], read: (results: T[]) => R): Plan<R> {
	return {
		statements: plans.flatMap((plan) => plan.statements),
		kernels: kernelsOf(plans),
		selections: plans.flatMap((plan) => plan.selections),
		read: (answers) => {
			let start = 0;
			const results = plans.map((plan) => {
				const own = answers.slice(start, start + plan.statements.length);
				start += plan.statements.length;
				return plan.read(own);
			});
			return read(results);
		},
	};
}

const testing = new Set<Tile['kind']>(['kpis', 'flow', 'groups', 'trend-by', 'grid', 'matrix', 'survival', 'drivers', 'changes', 'landmark']);

/**
 * A pack makes many tests at once; all of them together may raise a false alarm in one of a hundred looks at data without
 * any difference. The level is shared out evenly over the tiles that test; within a tile Benjamini–Hochberg applies.
 */
export function claimLevel(pack: Pick<Pack, 'views'>): number {
	const tiles = pack.views.flatMap((view) => view.tiles).filter((tile) => testing.has(tile.kind)).length;
	return 0.01 / Math.max(1, tiles);
}
