import type { Dataset, EngineApi } from '../engine/api.ts';
import { breath } from '../lib/breath.ts';
import { ThroughlineError } from '../lib/errors.ts';
import { chosen, locales, type LocaleId } from '../lib/locale.svelte.ts';
import { packed, unpacked } from '../lib/packed.ts';
import type { Remote } from '../lib/rpc.ts';
import { compared } from '../lib/sameness.ts';
import { planTile, tileCalled, tilesNeeded, type TileResult } from '../metrics/tiles/index.ts';
import type { Plan } from '../metrics/tiles/plan.ts';
import type { Pack } from '../pack/types.ts';
import { ask } from './answers.svelte.ts';
import { defaultState } from './location.ts';

export type Results = Readonly<Record<string, TileResult>>;

/** What became of the picture: not checked yet; the same as what the engine computes, to the last digit; not the same; never to be checked, since the engine failed. */
export type Outcome = { kind: 'waiting' } | { kind: 'same'; numbers: number; texts: number; tiles: number } | { kind: 'different'; parts: readonly string[]; first: string } | { kind: 'unchecked' };

/** As it stands in the page: made by the build that made the page's code. */
interface Baked {
	build: string;
	dataset: unknown;
	/** By tile. */
	results: Readonly<Record<string, unknown>>;
}

const localeIds = Object.keys(locales) as LocaleId[];

/** What a device takes its time for, and which opening of how many, is no part of the data. */
function comparable({ timings: _, version: __, ...rest }: Dataset): Omit<Dataset, 'timings' | 'version'> {
	return rest;
}

const namesOf = ({ measures }: Pack): Map<unknown, string> => new Map(Object.entries(measures).map(([id, measure]) => [measure, id]));

/** What the view asks that the bare address opens. */
export function firstPlans(pack: Pack, dataset: Pick<Dataset, 'asOf' | 'earliest'>): Record<string, Plan<TileResult>> {
	const { compare, segment, grain, filters, range } = defaultState({ [pack.id]: pack });
	const [view] = pack.views;
	if (!view) return {};
	const context = { pack, filters, range, asOf: dataset.asOf, earliest: dataset.earliest };
	return Object.fromEntries(
		tilesNeeded(pack, view).flatMap((tile) => {
			const plan = planTile(context, tile, { compare, segment, grain });
			return plan ? [[tile.id, plan] as const] : [];
		}),
	);
}

/** The text of the picture, from the answers as they read in each locale. */
export function writeFirstSight(build: string, pack: Pack, dataset: Dataset, inLocale: (id: LocaleId) => Results): string {
	const baked: Baked = { build, dataset: packed([{ ...dataset, timings: [], version: 0 }]), results: packed(localeIds.map(inLocale), namesOf(pack)) as Baked['results'] };
	return JSON.stringify(baked);
}

/** Null where there is none, as on the dev server, or where another build made it. */
export function readFirstSight(text: string | null, build: string): FirstSight | null {
	if (text === null) return null;
	const baked = JSON.parse(text) as Baked;
	return baked.build === build ? new FirstSight(baked) : null;
}

/** The picture that the build made of what the bare address opens: shown at once, and checked when the engine has the same data open. */
export class FirstSight {
	readonly #results: Readonly<Record<string, unknown>>;
	readonly dataset: Dataset;
	outcome = $state.raw<Outcome>({ kind: 'waiting' });

	constructor(baked: Baked) {
		this.#results = baked.results;
		this.dataset = unpacked(baked.dataset) as Dataset;
	}

	/** As the reader's locale writes them, with the measures of this pack. */
	results(pack: Pack): Results {
		return Object.fromEntries(Object.keys(this.#results).map((tile) => [tile, this.#result(pack, tile)]));
	}

	#result(pack: Pack, tile: string): TileResult {
		return unpacked(this.#results[tile], localeIds.indexOf(chosen.id), (id) => pack.measures[id]) as TileResult;
	}

	/** Asks the engine for all of it again, tile by tile so that a reader's question finds its turn, and compares value by value. Never rejects. */
	async check(engine: Remote<EngineApi>, pack: Pack, live: Dataset): Promise<Outcome> {
		this.outcome = await this.#compare(engine, pack, live).catch((error: unknown): Outcome => ({ kind: 'different', parts: [], first: error instanceof Error ? error.message : String(error) }));
		return this.outcome;
	}

	async #compare(engine: Remote<EngineApi>, pack: Pack, live: Dataset): Promise<Outcome> {
		const plans = firstPlans(pack, live);
		const sums = [{ part: 'data', ...compared(comparable(this.dataset), comparable(live)) }];
		for (const [id, plan] of Object.entries(plans)) {
			await breath();
			const now = await ask(engine, plan);
			sums.push({ part: tileCalled(pack, id)?.title ?? id, ...compared(this.#result(pack, id), now) });
		}
		const different = sums.flatMap(({ part, differs }) => (differs ? [{ part, ...differs }] : []));
		const [first] = different;
		if (first) return { kind: 'different', parts: different.map(({ part }) => part), first: `${first.part}, ${first.at}: ${first.a} at build, ${first.b} here` };
		return { kind: 'same', numbers: sums.reduce((sum, { numbers }) => sum + numbers, 0), texts: sums.reduce((sum, { texts }) => sum + texts, 0), tiles: sums.length - 1 };
	}

	/** As an error to show, where it is one. */
	get failure(): ThroughlineError | null {
		return this.outcome.kind === 'different' ? new ThroughlineError('first-sight.differs', { parts: this.outcome.parts.join(', '), first: this.outcome.first }) : null;
	}
}
