import type { Dataset, EngineApi, InputFile, ProgressEvent } from '../engine/api.ts';
import { breath } from '../lib/breath.ts';
import { toDay, toMs } from '../lib/dates.ts';
import { instantText } from '../lib/format.ts';
import { asThroughlineError, ThroughlineError } from '../lib/errors.ts';
import { chosen, type LocaleId } from '../lib/locale.svelte.ts';
import { texts } from '../lib/texts/index.ts';
import { proxy, transfer, type Remote } from '../lib/rpc.ts';
import type { Compare } from '../metrics/periods.ts';
import { filterable } from '../metrics/labels.ts';
import { shownOf, type Shown } from '../metrics/lacking.ts';
import type { Context, DateRange, Filters, Reading } from '../metrics/request.ts';
import { swapped } from '../metrics/tiles/swap.ts';
import { withTargets } from '../metrics/targets.ts';
import { inTurn, planTile, tilesNeeded, type TileResult } from '../metrics/tiles/index.ts';
import type { Plan } from '../metrics/tiles/plan.ts';
import { headerFingerprint } from '../import/map/fingerprint.ts';
import type { Dialect, Recipe } from '../import/types.ts';
import type { Generated, GenerateRequest, Grain, Pack, Tile, View } from '../pack/types.ts';
import { Answers } from './answers.svelte.ts';
import type { EngineLife, Loss } from './engine-life.ts';
import type { FirstSight } from './first-sight.svelte.ts';
import { withExtras } from '../import/extras.ts';
import type { Held } from './imports.ts';
import { Intake, isPlain } from './intake.svelte.ts';
import type { Kept } from './kept.svelte.ts';
import { fromQuery, toQuery, type AppState, type OwnMeasure, type Sort } from './location.ts';
import { freeId, ownMeasures } from './own-measures.ts';
import { buffersOf, putBy, type PutBy } from './put-by.ts';
import { rehearsal } from './rehearsal.ts';
import { untilOpen } from './until-open.ts';
import { apart, carrying, dropped, emptied, filtered, marked, renamed, sorted, swappedIn, unfiltered } from './steps.ts';
import { Workspaces, type Loaded } from './workspaces/workspaces.svelte.ts';

export interface Generator {
	generate(pack: string, request: GenerateRequest): Promise<Generated>;
}

export interface SessionParts {
	engine: Remote<EngineApi>;
	generator: Generator;
	packs: Readonly<Record<string, Pack>>;
	/** Where the state is kept: the browser's address bar. */
	address: { read: () => string; write: (query: string, replace: boolean) => void };
	/** What this device keeps. */
	kept: Kept;
	/** The files that this device keeps; absent: those of this visit, in memory. */
	workspaces?: Workspaces;
	/** How it is heard that the engine was replaced. */
	onloss?: EngineLife['onloss'];
	/** What the bare address opens, as the build made it: shown until the engine has it. */
	first?: FirstSight | null;
}

/** Rows of one list in the order in which they were shown. */
export interface Among {
	list: string;
	keys: readonly string[];
}

interface DemoRequest {
	pack?: string;
	seed?: number;
	size?: string;
	scenario?: string;
}

const filesAreElsewhere = 'This link was made from files, and files stay on the device they came from. Drop them here to see it; until then this is demo data.';

/** A tile that cannot even be asked (a link may hold any expression) fails alone, like one whose question is refused. */
function planned(make: () => Plan<TileResult> | null): Plan<TileResult> | null {
	try {
		return make();
	} catch (error) {
		return {
			statements: [],
			selections: [],
			read: () => {
				throw error;
			},
		};
	}
}

const named = ({ pack, source }: Pick<AppState, 'pack' | 'source'>): string => JSON.stringify([pack, source]);

const notUnderstood = (parts: readonly string[]): string => `Parts of the link were not understood and left out: ${parts.join(', ')}.`;

const nothingLost = {};

const dialectsOf = (recipe: Recipe | null): Record<string, Partial<Dialect>> => Object.fromEntries(Object.entries(recipe?.sources ?? {}).map(([id, { dialect }]) => [id, dialect]));

type Phase = 'starting' | 'building' | 'ready' | 'failed';

/** One open dataset, the state of the page over it, and the answers to the view in front. */
export class Session {
	readonly #parts: SessionParts;
	/** The state that Back or Forward asked for last. */
	#followed: AppState | null = null;
	/** The pack and data that were asked for last, whether they stand already or not. */
	#asked = '';
	/** What was built last, and can be built again. */
	#built: Pick<AppState, 'pack' | 'source' | 'asOf'> | null = null;
	/** The tables that were generated last, and for what. */
	#generated: { of: string; tables: PutBy } | null = null;
	/** An engine is being replaced. */
	#mending = false;
	/** Data verbs run one after another; each waits for the one before. */
	#work: Promise<unknown> = Promise.resolve();

	state = $state.raw<AppState>({} as AppState);
	dataset = $state.raw<Dataset | null>(null);
	manifest = $state.raw<Generated['manifest'] | null>(null);
	phase = $state<Phase>('starting');
	progress = $state.raw<ProgressEvent | null>(null);
	/** What went wrong last, until it is put away. */
	error = $state.raw<ThroughlineError | null>(null);
	notice = $state<string | null>(null);
	/** True after files were loaded: the accounting is shown until it is put away. */
	showsAccount = $state(false);
	/** The list from which the open case was opened; no part of the address. */
	among = $state.raw<Among | null>(null);
	/** What stands in the SQL console; null until something was written. */
	draft = $state<string | null>(null);
	/** True from a hand-over to the console until it has shown it. */
	handsOver = $state(false);
	readonly #engine: Remote<EngineApi>;
	/** The picture that the build made, where the page began with it. */
	readonly first: FirstSight | null;
	readonly answers: Answers<TileResult>;
	readonly intake: Intake;
	readonly workspaces: Workspaces;

	constructor(parts: SessionParts) {
		this.#parts = parts;
		this.workspaces = parts.workspaces ?? new Workspaces(null);
		const query = parts.address.read();
		const isFirst = toQuery(fromQuery(query, parts.packs).state, parts.packs) === '' && !(query === '' && this.workspaces.hasLast);
		this.first = isFirst ? (parts.first ?? null) : null;
		this.#engine = this.first ? untilOpen(parts.engine) : parts.engine;
		this.answers = new Answers<TileResult>(this.#engine);
		this.intake = new Intake(this.#engine);
		parts.onloss?.((engine, loss) => this.#rebuild(engine, loss));
		const { state, ignored } = fromQuery(parts.address.read(), parts.packs);
		this.state = state;
		// What files bring along is known when they stand: what is not understood is said then.
		if (ignored.length > 0 && state.source.kind !== 'files') this.notice = notUnderstood(ignored);
		this.dataset = this.first?.dataset ?? null;
		if (this.first) this.answers.put(this.first.results(this.pack));
	}

	/** What is shown came with the page: no engine stands behind it yet. */
	get #ahead(): boolean {
		return this.dataset === null || this.dataset === this.first?.dataset;
	}

	/** The view in front is the one that the build made a picture of, in the state that it was made of. */
	get showsFirst(): boolean {
		return this.first !== null && this.query === '';
	}

	get engine(): Remote<EngineApi> {
		return this.#engine;
	}

	get kept(): Kept {
		return this.#parts.kept;
	}

	/** The pack with the measures that the reader made and the targets that the reader set. */
	readonly #pack = $derived.by((): Pack => {
		const pack = this.#packs[this.#packId];
		if (!pack) throw new ThroughlineError('pack.unknown', { name: this.#packId, known: Object.keys(this.#parts.packs).join(', ') });
		return withTargets({ ...pack, measures: { ...pack.measures, ...ownMeasures(pack, this.own) } }, this.#kept(this.kept.targets));
	});

	/** Packs that were inferred from tables of this visit or of kept files. */
	#inferred = $state.raw<Readonly<Record<string, Pack>>>({});
	readonly #packs = $derived.by((): Readonly<Record<string, Pack>> => {
		const packs = { ...this.#parts.packs, ...this.#inferred };
		const open = packs[this.#openPack ?? ''];
		return open ? { ...packs, [open.id]: withExtras(open, this.#extras ?? []) } : packs;
	});

	get pack(): Pack {
		return this.#pack;
	}

	/** Of things kept by `pack.name`, those of the open pack, by name. */
	#kept<T>(things: Readonly<Record<string, T>>): Readonly<Record<string, T>> {
		const prefix = `${this.#packId}.`;
		return Object.fromEntries(Object.entries(things).flatMap(([name, thing]) => (name.startsWith(prefix) ? [[name.slice(prefix.length), thing]] : [])));
	}

	/** The reader's measures of the open pack that this device keeps, by id. */
	get keptMeasures(): Readonly<Record<string, OwnMeasure>> {
		return this.#kept(this.kept.measures);
	}

	/** All measures that the reader made: those kept here, and those that came with the address, which stand before them. */
	get own(): Readonly<Record<string, OwnMeasure>> {
		return { ...this.keptMeasures, ...this.#ownOfAddress };
	}

	/** Stay the same objects while other parts of the state change, so that nothing is drawn again for them. */
	readonly #packId = $derived.by(() => this.state.pack);
	readonly #ownOfAddress = $derived.by(() => this.state.own);
	readonly #lastDay = $derived.by(() => (this.dataset ? toDay(toMs(this.dataset.asOf)) : ''));
	readonly #openPack = $derived.by(() => this.dataset?.pack);
	readonly #extras = $derived.by(() => this.dataset?.extras);
	readonly #filters = $derived.by(() => this.state.filters);
	readonly #picked = $derived.by(() => this.state.picked);

	get filters(): Filters {
		return this.#filters;
	}

	get picked(): AppState['picked'] {
		return this.#picked;
	}

	get packs(): readonly Pack[] {
		return Object.values(this.#packs);
	}

	/** Null on pages that are not a pack's view. */
	get view(): View | null {
		return this.pack.views.find((view) => view.id === this.state.view) ?? null;
	}

	get context(): Context | null {
		if (!this.dataset) return null;
		return { pack: this.pack, filters: this.state.filters, range: this.state.range, asOf: this.dataset.asOf, earliest: this.dataset.earliest };
	}

	get firstDay(): string {
		return this.dataset?.earliest.slice(0, 10) ?? '';
	}

	get lastDay(): string {
		return this.#lastDay;
	}

	/** Opens what the address says; an address that says nothing, what was open in the last visit. */
	async start(): Promise<Dataset> {
		const last = this.#parts.address.read() === '' ? await this.workspaces.last() : null;
		const asked = last ? fromQuery(last.state, this.#parts.packs).state : this.state;
		if (asked.source.kind !== 'files') return this.open({});
		const held = await this.workspaces.files(asked.source.print);
		if (held) {
			await this.#learn(held.recipe);
			const whole = held.recipe?.plan ? fromQuery(last?.state ?? this.#parts.address.read(), this.#packs).state : asked;
			if (last) this.#put(whole, true);
			this.#followed = whole;
			this.#asked = named(whole);
			try {
				await this.#load(held, whole, Promise.resolve(asked.source.print));
				return await this.#whole(last?.state ?? this.#parts.address.read(), whole);
			} catch (error) {
				this.#demoInstead();
				const dataset = await this.open({});
				this.error = asThroughlineError(error);
				return dataset;
			}
		}
		this.notice = filesAreElsewhere;
		this.#demoInstead();
		return this.open({});
	}

	/** What an address says about columns that only the open files have, such as filters by them. */
	async #whole(query: string, known: AppState, writes = true): Promise<Dataset> {
		const { state, ignored } = fromQuery(query, this.#packs);
		if (ignored.length > 0) this.notice = notUnderstood(ignored);
		if (JSON.stringify(state) !== JSON.stringify(known) && this.#followed === known) {
			this.#followed = state;
			if (writes) this.#put(state, true);
			else this.state = state;
			await this.refresh();
		}
		if (!this.dataset) throw new ThroughlineError('engine.closed');
		return this.dataset;
	}

	#demoInstead(): void {
		const { state } = fromQuery('', this.#parts.packs);
		this.state = { ...state, view: this.state.view };
	}

	/** Generates demo data and builds it. Omitted parts keep their present value. */
	open(request: DemoRequest): Promise<Dataset> {
		return this.#open(request, null);
	}

	/** With `followed`, the state that the address already says: it is taken as it is, and the address is left alone. */
	#open(request: DemoRequest, followed: AppState | null): Promise<Dataset> {
		return this.#data(async () => {
			// A pack that was inferred from a file has no demo data: without a name, the first that has.
			const pack = this.#parts.packs[request.pack ?? this.state.pack] ?? (request.pack === undefined ? Object.values(this.#parts.packs)[0] : undefined);
			if (!pack) throw new ThroughlineError('pack.unknown', { name: request.pack ?? '', known: Object.keys(this.#parts.packs).join(', ') });
			const was = this.state.source.kind === 'demo' ? this.state.source : { seed: 42, size: pack.defaultSize, scenario: Object.keys(pack.scenarios)[0] ?? '' };
			const source = { kind: 'demo' as const, seed: request.seed ?? was.seed, size: request.size ?? was.size, scenario: request.scenario ?? was.scenario };
			if (!followed) this.#asked = named({ pack: pack.id, source });
			if (!pack.sizes.includes(source.size)) throw new ThroughlineError('request.invalid', { what: 'The size', given: source.size, allowed: pack.sizes.join(', ') });
			if (!(source.scenario in pack.scenarios)) throw new ThroughlineError('request.invalid', { what: 'The scenario', given: source.scenario, allowed: Object.keys(pack.scenarios).join(', ') });
			if (!Number.isInteger(source.seed) || source.seed < 0) throw new ThroughlineError('request.invalid', { what: 'The seed', given: source.seed, allowed: 'whole numbers from 0' });
			const { tables, manifest } = await this.#parts.generator.generate(pack.id, source);
			const reopened = !this.#ahead;
			const asOf = followed ? followed.asOf : reopened ? null : this.state.asOf;
			const dataset = await this.engine.open({ pack: pack.id, tables, asOf }, proxy(this.#report));
			this.manifest = manifest;
			this.showsAccount = false;
			this.#stands({ pack: pack.id, source, asOf });
			this.#generated = { of: named({ pack: pack.id, source }), tables: putBy(tables) };
			if (followed) this.#arrive(followed);
			else this.#put({ ...(reopened ? emptied(this.state) : this.state), pack: pack.id, source, view: this.state.pack === pack.id ? this.state.view : (pack.views[0]?.id ?? '') }, !reopened);
			return dataset;
		});
	}

	/** Takes files in: those that speak for themselves are opened, about the others the page asks. */
	async take(files: readonly InputFile[], into?: string): Promise<void> {
		this.error = null;
		const inspection = await this.intake.read(this.state.pack, files, into === undefined ? {} : { into });
		if (!inspection) {
			this.error = this.intake.error;
			return;
		}
		const decided = inspection.sources.some(({ source }) => this.kept.mappings[headerFingerprint(source)] !== undefined);
		if (isPlain(inspection, this.state.pack) && !decided) await this.build(inspection.proposal.recipe).catch(() => undefined);
		else this.intake.asks = true;
	}

	/** Reads files together with those that are open: more rows for the same tables. What is there already is not taken twice. */
	async add(files: readonly InputFile[]): Promise<void> {
		const { source } = this.state;
		const held = source.kind === 'files' ? await this.workspaces.files(source.print) : null;
		if (source.kind !== 'files' || !held) return this.take(files);
		this.error = null;
		const added = await this.workspaces.among(files, held.files);
		if (added.length === 0) {
			this.notice = texts.source.already(files.map(({ name }) => name));
			return;
		}
		const adds = { names: held.files.map(({ name }) => name), print: source.print, recipe: held.recipe, state: this.query, before: held.before };
		const { here } = this.workspaces;
		const inspection = await this.intake.read(this.state.pack, [...held.files, ...added], { dialects: dialectsOf(held.recipe), before: held.recipe, adds, ...(here === null ? {} : { into: here }) });
		if (!inspection) this.error = this.intake.error;
		else if (isPlain(inspection, this.state.pack) && held.recipe === null) await this.build({ ...inspection.proposal.recipe, repeats: 'later' }).catch(() => undefined);
		else this.intake.asks = true;
	}

	/** What was open before files were added, in the place of what is open. */
	async undoAdding(): Promise<void> {
		const { source } = this.state;
		const before = source.kind === 'files' ? this.workspaces.before(source.print) : undefined;
		const [now, held] = source.kind === 'files' && before ? await Promise.all([this.workspaces.files(source.print), this.workspaces.files(before.print)]) : [null, null];
		if (source.kind !== 'files' || !now || !held) return;
		await this.workspaces.remember(source.print, now);
		await this.#learn(held.recipe);
		await this.#opened(held, this.workspaces.here ?? undefined).catch(() => undefined);
	}

	/** Asks again about the files that are open, with what was decided before. */
	async reconsider(): Promise<void> {
		const { source } = this.state;
		const held = source.kind === 'files' ? await this.workspaces.files(source.print) : null;
		if (!held) return;
		if (await this.intake.read(this.state.pack, held.files, { dialects: dialectsOf(held.recipe), before: held.recipe })) this.intake.asks = true;
		else this.error = this.intake.error;
	}

	/** Opens the files that the page asks about as a recipe says; on an error the questions stay. */
	async build(recipe: Recipe): Promise<Dataset> {
		const { files, into, inspection, adds } = this.intake;
		await this.#learn(recipe);
		const dataset = await this.#opened({ files, recipe, ...(adds ? { before: adds } : {}) }, into, inspection?.id);
		this.intake.leave();
		return dataset;
	}

	/** Replaces the data by files that speak for themselves, and afterwards keeps them on the device: as the next version of a workspace, or as one of their own. On an error what was open stays open. */
	load(files: readonly InputFile[], into?: string): Promise<Dataset> {
		return this.#opened({ files, recipe: null }, into);
	}

	async #opened(held: Held, into?: string, read?: number): Promise<Dataset> {
		const print = this.workspaces.print(held.files, held.recipe);
		const dataset = await this.#load(held, null, print, read);
		void this.#keep(await print, dataset, { ...held, ...(into === undefined ? {} : { into }) });
		return dataset;
	}

	/** A pack that is inferred from a table is made anew wherever its plan is. */
	async #learn(recipe: Recipe | null): Promise<void> {
		const plan = recipe?.plan;
		if (!plan) return;
		const { quickPack } = await import('../import/quick/pack.ts');
		this.#inferred = { ...this.#inferred, [plan.id]: quickPack(plan) };
	}

	#load(held: Held, followed: AppState | null, print: Promise<string>, read?: number): Promise<Dataset> {
		return this.#data(async () => {
			const dataset = await this.engine.load({ pack: followed?.pack ?? this.state.pack, files: [...held.files], asOf: followed?.asOf ?? null, ...(held.recipe ? { recipe: held.recipe } : {}), ...(read === undefined ? {} : { read }) }, proxy(this.#report));
			const source = { kind: 'files' as const, print: await print };
			this.manifest = null;
			this.#stands({ pack: dataset.pack, source, asOf: followed?.asOf ?? null });
			if (followed) {
				this.#arrive(followed);
				return dataset;
			}
			this.workspaces.hold(source.print, held);
			this.#asked = named({ pack: dataset.pack, source });
			const view = dataset.pack === this.state.pack ? this.state.view : (this.#packs[dataset.pack]?.views[0]?.id ?? '');
			this.#put({ ...emptied(this.state), pack: dataset.pack, view, source }, false);
			this.showsAccount = true;
			if (dataset.plausibleLatest !== null) this.notice = `The latest timestamp in these files, ${instantText(toMs(dataset.latest))}, lies more than a year after nearly all others, and everything is seen from there. If it is a slip, set the as-of (top right) to ${instantText(toMs(dataset.plausibleLatest))}.`;
			return dataset;
		});
	}

	/** Nothing is written before the view stands; where it cannot be, a notice says so and the files stay open. */
	async #keep(print: string, { pack, rows }: Dataset, loaded: Pick<Loaded, 'files' | 'recipe' | 'into' | 'before'>): Promise<void> {
		const state = toQuery({ ...this.state, pack, source: { kind: 'files', print } }, this.#packs);
		await this.workspaces.keep(print, { ...loaded, pack, state, rows }).catch((error: unknown) => {
			const { message, next } = asThroughlineError(error);
			this.notice = `${message} ${next}`;
		});
	}

	#stands(built: Pick<AppState, 'pack' | 'source' | 'asOf'>): void {
		this.#built = built;
		this.workspaces.opened(built.source.kind === 'files' ? built.source.print : null);
	}

	/** What was open, in an engine that has taken the place of one that ended; where that fails, the demo data of its seed. */
	async #rebuild(engine: Remote<EngineApi>, { error, again, build }: Loss): Promise<void> {
		const built = this.#built;
		if (!built) return;
		if (build === 'nothing') {
			[this.error, this.phase] = [error, 'failed'];
			return;
		}
		[this.#mending, this.phase] = [true, 'building'];
		try {
			if (build === 'other') this.#demoInstead();
			const { pack, source, asOf } = build === 'same' ? built : { ...this.state };
			if (source.kind === 'files') {
				const held = await this.workspaces.files(source.print);
				if (!held) throw new ThroughlineError('engine.closed');
				this.dataset = await engine.load({ pack, files: [...held.files], asOf, ...(held.recipe ? { recipe: held.recipe } : {}) }, proxy(this.#report));
			} else {
				const tables = await this.#tablesOf(pack, source);
				this.dataset = await engine.open(transfer({ pack, tables, asOf }, buffersOf(tables)), proxy(this.#report));
			}
			if (build === 'other') {
				this.#stands({ pack, source, asOf });
				this.#put(this.state, false);
			}
			this.notice = build === 'other' ? texts.keepData.demoInstead(error.message) : again ? texts.keepData.restartedAgain(error.message) : texts.keepData.restarted;
			// The same data gives the same answers: what stands on the page still holds.
			const holds = build === 'same' && !this.answers.loading && Object.keys(this.answers.failed).length === 0;
			void (holds ? breath().then(() => this.#rehearse(this.dataset)) : this.refresh());
		} finally {
			[this.#mending, this.progress, this.phase] = [false, null, 'ready'];
		}
	}

	/** What was generated last need not be generated again. */
	async #tablesOf(pack: string, source: Extract<AppState['source'], { kind: 'demo' }>): Promise<Generated['tables']> {
		const kept = this.#generated?.of === named({ pack, source }) ? await this.#generated.tables.taken() : null;
		return kept ?? (await this.#parts.generator.generate(pack, source)).tables;
	}

	/** The state that Back or Forward asked for, unless it has asked for another one since. */
	#arrive(followed: AppState): void {
		if (this.#followed === followed) this.state = followed;
	}

	asOf(instant: string | null): Promise<Dataset> {
		return this.#data(async () => {
			const dataset = await this.#asOfOnly(instant);
			this.#put({ ...this.state, asOf: instant === dataset.latest ? null : instant }, false);
			return dataset;
		});
	}

	/** Replaces all filters. */
	filter(filters: Filters): Promise<void> {
		for (const dimension of Object.keys(filters)) {
			if (!filterable(this.pack, dimension)) throw new ThroughlineError('request.invalid', { what: 'A filter', given: dimension, allowed: [...Object.keys(this.pack.dimensions), ...Object.keys(this.pack.milestones)].join(', ') });
		}
		return this.#show(filtered(this.state, filters, {}));
	}

	setFilter(dimension: string, values: readonly (string | null)[]): Promise<void> {
		return this.#show(filtered(this.state, { ...this.state.filters, [dimension]: values }));
	}

	pick(tile: string, keys: Readonly<Record<string, string | null>>, add: boolean): Promise<void> {
		return this.#show(marked(this.state, tile, keys, add));
	}

	/** Lets go of what was chosen last by a mark; false when nothing is. */
	unpick(): boolean {
		const last = Object.keys(this.state.picked).at(-1);
		if (last === undefined) return false;
		void this.setFilter(last, []);
		return true;
	}

	/** The context of one tile: without the filters that its own marks have set. */
	contextFor(tile: string): Context | null {
		const { context } = this;
		if (!context) return null;
		return { ...context, filters: Object.fromEntries(Object.entries(context.filters).filter(([dimension]) => this.state.picked[dimension] !== tile)) };
	}

	setRange(range: DateRange): Promise<void> {
		return this.#show({ ...this.state, range });
	}

	setView(view: string): Promise<void> {
		this.showsAccount = false;
		this.intake.asks = false;
		return this.#show(carrying({ ...this.state, view }, this.keptMeasures));
	}

	/** With `segment`, the rows that these values choose are set against all the rest. */
	setCompare(compare: Compare, segment: Filters = {}): Promise<void> {
		return this.#show({ ...this.state, compare, segment });
	}

	compareFilters(): Promise<void> {
		return this.#show(apart(this.state));
	}

	setGrain(grain: Grain | null): Promise<void> {
		return this.#show({ ...this.state, grain });
	}

	setSort(tile: string, sort: Sort | null): Promise<void> {
		return this.#show(sorted(this.state, tile, sort));
	}

	/** Shows another measure in a tile; null shows its own again. A measure that the reader made travels with the address. */
	setMeasure(tile: string, measure: string | null): Promise<void> {
		return this.#show(carrying(swappedIn(this.state, tile, measure), this.keptMeasures));
	}

	/** The catalogue, at one measure; null: at its list. */
	showMeasure(measure: string | null): Promise<void> {
		this.intake.asks = false;
		return this.#show(carrying({ ...this.state, view: 'measures', measure }, this.keptMeasures));
	}

	/** Keeps a measure on this device, under its id, and shows it so wherever it stands. */
	keepMeasure(id: string, own: OwnMeasure): Promise<void> {
		this.kept.put('measures', { ...this.kept.measures, [`${this.state.pack}.${id}`]: own });
		return this.#show(carrying({ ...this.state, own: { ...this.state.own, [id]: own } }, this.keptMeasures));
	}

	/** Keeps a measure that came with the address; where another one of that id is kept already, under an id of its own. */
	adoptMeasure(id: string): Promise<void> {
		const own = this.state.own[id];
		if (!own) return Promise.resolve();
		const kept = freeId(own.label, Object.fromEntries(Object.entries(this.keptMeasures).filter(([name, each]) => name !== id || JSON.stringify(each) !== JSON.stringify(own))), id);
		this.state = renamed(this.state, id, kept);
		return this.keepMeasure(kept, own);
	}

	dropMeasure(id: string): Promise<void> {
		const name = `${this.state.pack}.${id}`;
		const { [name]: _, ...measures } = this.kept.measures;
		const { [name]: __, ...targets } = this.kept.targets;
		this.kept.put('measures', measures);
		this.kept.put('targets', targets);
		return this.#show(dropped(this.state, id));
	}

	/** The reader's own target, in the unit of the measure (shares 0–1), kept on this device; null: the pack's again. */
	setTarget(measure: string, target: number | null): Promise<void> {
		const { [`${this.state.pack}.${measure}`]: _, ...others } = this.kept.targets;
		this.kept.put('targets', target === null ? others : { ...others, [`${this.state.pack}.${measure}`]: target });
		return this.refresh();
	}

	/** A tile as it is shown: with the measure that the reader put in, in the order that the reader chose. */
	tileAs(tile: Tile): Tile {
		const measure = this.state.swaps[tile.id];
		if (measure !== undefined) return swapped(this.pack, tile, measure);
		const sort = this.state.sorts[tile.id];
		return tile.kind === 'list' && sort && tile.columns.some(({ column }) => column === sort.column) ? { ...tile, orderBy: `"${sort.column}" ${sort.down ? 'desc' : 'asc'} nulls last` } : tile;
	}

	/** What of a tile can be shown where columns of the files are missing. */
	shown(tile: Tile): Shown {
		return shownOf(this.pack, this.dataset?.lacks ?? nothingLost, this.tileAs(tile));
	}

	/** Kept on this device and in no link: it changes how numbers are written, not what they are. */
	setLocale(locale: LocaleId): Promise<void> {
		chosen.id = locale;
		this.kept.putLocale(locale);
		return this.refresh();
	}

	/** What failed, by tile; where a measure of the reader's own could not be computed, it is named. */
	get failed(): Readonly<Record<string, ThroughlineError>> {
		const named = (tile: string, error: ThroughlineError): ThroughlineError => {
			const own = this.own[this.state.swaps[tile] ?? ''];
			return own && error.code === 'sql.failed' ? new ThroughlineError('measure.own', { label: own.label, message: error.message.split('\n')[0] ?? '' }) : error;
		};
		return Object.fromEntries(Object.entries(this.answers.failed).map(([tile, error]) => [tile, named(tile, error)]));
	}

	/** Shows a statement in the SQL console of the Data page, without running it. */
	openInConsole(sql: string): Promise<void> {
		this.draft = sql;
		this.handsOver = true;
		return this.state.view === 'data' ? Promise.resolve() : this.setView('data');
	}

	get reading(): Reading {
		const { compare, segment, grain } = this.state;
		return { compare, segment, grain };
	}

	/** With the list it was opened from, in its shown order. */
	openCase(id: string | null, among: Among | null = null): void {
		this.among = among;
		this.#put({ ...this.state, open: id }, false);
	}

	reset(): Promise<void> {
		return this.#show(unfiltered(this.state));
	}

	/** The query string of what is on screen. */
	get query(): string {
		return toQuery(this.state, this.#packs);
	}

	/** The query string of a view of the open pack as the page would show it now. */
	queryOf(view: string): string {
		return toQuery({ ...this.state, view, open: null }, this.#packs);
	}

	/** What a kept query string cannot bring back: parts that mean nothing here any more, and files that are not open. */
	lacks(query: string): { parts: string[]; files: boolean } {
		const { state, ignored } = fromQuery(query, this.#packs);
		return { parts: ignored, files: state.source.kind === 'files' && !this.workspaces.knows(state.source.print) };
	}

	/** Goes to an address inside the page, as one step that can be undone. */
	async go(query: string): Promise<void> {
		this.showsAccount = false;
		this.#parts.address.write(query, false);
		await this.follow();
	}

	/**
	 * The address changed under us (Back, Forward): follow it. Files that are gone cannot be followed to, and it says so.
	 * A query string that is given is shown instead, and the address left as it is.
	 */
	async follow(shown?: string): Promise<void> {
		const query = shown ?? this.#parts.address.read();
		let { state } = fromQuery(query, this.#packs);
		const { source } = state;
		this.#followed = state;
		if (named(state) !== this.#asked) {
			const held = source.kind === 'files' ? await this.workspaces.files(source.print) : null;
			if (this.#followed !== state) return;
			if (source.kind === 'files' && !held) {
				this.notice = filesAreElsewhere;
				if (shown === undefined) this.#put({ ...this.state, view: state.view }, true);
				else this.state = { ...this.state, view: state.view };
				await this.refresh();
				return;
			}
			if (held?.recipe?.plan) {
				await this.#learn(held.recipe);
				({ state } = fromQuery(query, this.#packs));
				this.#followed = state;
			}
			this.#asked = named(state);
			await (source.kind === 'files' && held ? this.#load(held, state, Promise.resolve(source.print)).then(() => this.#whole(query, state, shown === undefined)) : this.#open(source.kind === 'files' ? {} : { pack: state.pack, ...source }, state)).catch(() => undefined);
			return;
		}
		const before = this.state;
		this.state = { ...state, source: before.source };
		if (state.asOf !== before.asOf) await this.#data(() => this.#asOfOnly(state.asOf)).catch(() => undefined);
		else await this.refresh();
		this.workspaces.looked(this.query);
	}

	async #asOfOnly(instant: string | null): Promise<Dataset> {
		const dataset = await this.engine.asOf(instant, proxy(this.#report));
		if (this.#built) this.#built = { ...this.#built, asOf: instant };
		return dataset;
	}

	/** Which tiles stand in the window now; the view in front says it. */
	inSight: () => readonly string[] = () => [];

	/** Asks everything that the view in front needs: first what stands in the window, then what its sentences rest on, then the rest of the view, then the evidence that stands elsewhere. */
	async refresh(): Promise<void> {
		const { context, view } = this;
		if (!context || !view) return;
		if (this.first && this.#ahead && this.showsFirst) {
			this.answers.put(this.first.results(this.pack));
			return;
		}
		const plansOf = (tiles: readonly Tile[]): Record<string, Plan<TileResult>> =>
			Object.fromEntries(
				tiles.flatMap((tile) => {
					const { tile: whole, lacks } = this.shown(tile);
					const plan = lacks.length > 0 ? null : planned(() => planTile(this.contextFor(tile.id) ?? context, whole, this.reading));
					return plan ? [[tile.id, plan] as const] : [];
				}),
			);
		const needed = tilesNeeded(this.pack, view);
		await this.answers.ask(inTurn(view, needed, this.inSight()).map(plansOf));
	}

	/** Before anybody slices the data that has just been opened. */
	async #rehearse(dataset: Dataset | null): Promise<void> {
		const { context, view } = this;
		if (!dataset || dataset !== this.dataset || !context || !view) return;
		const batch = rehearsal(context, tilesNeeded(this.pack, view), this.reading, dataset.values);
		if (batch) await this.engine.query(batch).catch(() => undefined);
	}

	#report = (event: ProgressEvent): void => {
		this.progress = event;
	};

	#put(state: AppState, replace: boolean): void {
		this.state = state;
		const query = toQuery(state, this.#packs);
		this.#parts.address.write(query, replace);
		this.workspaces.looked(query);
	}

	async #show(state: AppState): Promise<void> {
		this.#put(state, false);
		await this.refresh();
	}

	/** Whether what came with the page may stay as it is: the engine computes the same. Otherwise its own is to be shown. */
	async #confirm(first: FirstSight, live: Dataset): Promise<boolean> {
		const outcome = await first.check(this.#parts.engine, this.pack, live);
		// Parts that are the same stay the same objects, so that nothing is drawn again.
		if (outcome.kind === 'same') this.dataset = { ...first.dataset, timings: live.timings, version: live.version };
		return outcome.kind === 'same';
	}

	#data(work: () => Promise<Dataset>): Promise<Dataset> {
		const run = async (): Promise<Dataset> => {
			this.error = null;
			this.phase = this.#ahead ? 'starting' : 'building';
			try {
				const dataset = await work();
				const first = this.first?.outcome.kind === 'waiting' ? this.first : null;
				if (!(first && (await this.#confirm(first, dataset)))) {
					this.dataset = dataset;
					await this.refresh();
					this.error = first?.failure ?? this.error;
				}
				this.phase = this.#mending ? 'building' : 'ready';
				void breath().then(() => this.#rehearse(this.dataset));
				return dataset;
			} catch (error) {
				const known = asThroughlineError(error);
				this.error = known;
				this.phase = this.#mending ? 'building' : this.#ahead ? 'failed' : 'ready';
				if (this.first?.outcome.kind === 'waiting') this.first.outcome = { kind: 'unchecked' };
				throw known;
			} finally {
				this.progress = null;
			}
		};
		const result = this.#work.then(run, run);
		this.#work = result.catch(() => undefined);
		return result;
	}
}
