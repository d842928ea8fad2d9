import type { EngineApi, InputFile, Inspection, Lacks, ProgressEvent } from '../engine/api.ts';
import type { Proposal } from '../import/map/proposal.ts';
import type { QuickPlan } from '../import/quick/types.ts';
import { open } from '../import/infer/answers.ts';
import type { Conversion, Dialect, Recipe, SourceRecipe } from '../import/types.ts';
import { asThroughlineError, type ThroughlineError } from '../lib/errors.ts';
import { proxy, type Remote } from '../lib/rpc.ts';
import type { Before } from './imports.ts';

/** Files that were given and are not open yet: what is in them, and what has to be decided before they are. */
export class Intake {
	readonly #engine: Remote<EngineApi>;
	files: readonly InputFile[] = [];
	/** What a person chose about how files are read, by file name. */
	dialects: Readonly<Record<string, Partial<Dialect>>> = {};
	/** The workspace whose next version they become. */
	into: string | undefined;
	/** A recipe that was made for these files before. */
	before: Recipe | null = null;
	/** What is open, where they are that with more files. */
	adds: Before | null = null;
	reading = $state(false);
	progress = $state.raw<ProgressEvent | null>(null);
	inspection = $state.raw<Inspection | null>(null);
	/** True while the page asks about them. */
	asks = $state(false);
	error = $state.raw<ThroughlineError | null>(null);

	constructor(engine: Remote<EngineApi>) {
		this.#engine = engine;
	}

	/** Reads files, and says what is in them. Null where that failed or was stopped; `error` then says why. */
	async read(pack: string, files: readonly InputFile[], { dialects = {}, into, before = null, adds = null }: { dialects?: Readonly<Record<string, Partial<Dialect>>>; into?: string; before?: Recipe | null; adds?: Before | null } = {}): Promise<Inspection | null> {
		[this.files, this.dialects, this.into, this.before, this.adds] = [files, dialects, into, before, adds];
		[this.reading, this.error] = [true, null];
		try {
			this.inspection = await this.#engine.read({ pack, files: [...files], dialects }, proxy((event: ProgressEvent) => (this.progress = event)));
			return this.inspection;
		} catch (error) {
			const known = asThroughlineError(error);
			if (known.code !== 'files.stopped') this.error = known;
			return null;
		} finally {
			[this.reading, this.progress] = [false, null];
		}
	}

	stop(): Promise<void> {
		return this.#engine.stopReading();
	}

	propose(pack: string): Promise<Proposal> {
		return this.#engine.propose(pack);
	}

	quick(source: string, recipe: SourceRecipe): Promise<QuickPlan> {
		return this.#engine.quick(source, recipe);
	}

	lacks(pack: string, absent: readonly string[]): Promise<Lacks> {
		return this.#engine.lacks(pack, absent);
	}

	recount(source: string, column: string, conversion: Conversion): ReturnType<EngineApi['recount']> {
		return this.#engine.recount(source, column, conversion);
	}

	rows(source: string, from: number, count: number, unread?: { column: string; conversion: Conversion }): Promise<Uint8Array> {
		return this.#engine.sourceRows(source, { from, count }, unread);
	}

	leave(): void {
		[this.inspection, this.asks, this.files, this.error, this.before, this.adds] = [null, false, [], null, null, null];
	}
}

/** Nothing about these files needs a person: each one is plainly a table of the open pack, by its headings, and whole. Headings that are all found speak for the rest of the dialect. */
export function isPlain({ sources, refused, proposal, comparisons }: Inspection, pack: string): boolean {
	const settled = sources.every(({ source, readings }) => open(readings, {}).length === 0 && (source.dialect === null || source.dialect.encoding.sure || source.dialect.encoding.value === 'utf-8') && source.skipped === 0);
	const matched = proposal.tables.every(({ columns, extra }) => extra.length === 0 && columns.every(({ sure, weight }) => sure || weight === 'optional'));
	return settled && matched && proposal.confident && proposal.recipe.pack === pack && proposal.unused.length === 0 && refused.length === 0 && comparisons.length === 0;
}
