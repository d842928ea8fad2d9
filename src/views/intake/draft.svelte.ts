import type { Inspection } from '../../engine/api.ts';
import { withAnswers } from '../../import/infer/answers.ts';
import type { Proposal } from '../../import/map/proposal.ts';
import { withEdit, type QuickEdit } from '../../import/quick/edit.ts';
import type { QuickPlan } from '../../import/quick/types.ts';
import type { ColumnReading, Conversion, Dialect, Recipe } from '../../import/types.ts';
import { asThroughlineError, ThroughlineError } from '../../lib/errors.ts';
import type { Pack } from '../../pack/types.ts';
import type { Session } from '../../state/session.svelte.ts';
import { withAlike } from './alike.ts';
import { converted, dialected } from './edits.ts';
import { dropEdits, ownRecipe, ownSource, planned, planWith } from './own-table.ts';
import { buildable, rebased } from './rebased.ts';
import { accountsOf, askedOf, hindrances } from './readiness.ts';
import { countKey, readingsBy, type Counted } from './readings.ts';
import { forgotten, recalled, remembered } from './remembered.ts';

type Origin = 'proposed' | 'before' | 'remembered' | 'file';

const drafts = new WeakMap<Inspection, Draft>();

/** Who looks at a view and comes back to the files finds everything as it was. */
export function draftOf(session: Session): Draft {
	const { inspection } = session.intake;
	const known = inspection ? drafts.get(inspection) : undefined;
	if (known) return known;
	// What is derived in a component ends with it; a draft outlives the page that first shows it.
	let draft: Draft | undefined;
	$effect.root(() => {
		draft = new Draft(session);
	});
	draft ??= new Draft(session);
	if (inspection) drafts.set(inspection, draft);
	void draft.start();
	return draft;
}

/** What a person is deciding about files: the recipe so far, and what follows from it. */
export class Draft {
	readonly #session: Session;
	#turn = 0;
	#inferred: { key: string; plan: QuickPlan } | null = null;

	recipe = $state.raw({ version: 1, pack: null, sources: {}, tables: {} } as Recipe);
	proposal = $state.raw({} as Proposal);
	/** Changes to what was inferred from a table of its own. */
	edits = $state.raw<readonly QuickEdit[]>([]);
	origin = $state<Origin>('proposed');
	/** The columns of a table of its own are being looked at. */
	looking = $state(false);
	opening = $state(false);
	error = $state.raw<ThroughlineError | null>(null);
	/** Nothing is shown before what was decided earlier is filled in. */
	ready = $state(false);
	#counted = $state.raw<Counted>({});

	constructor(session: Session) {
		this.#session = session;
		this.proposal = this.inspection.proposal;
		this.recipe = this.proposal.recipe;
	}

	get session(): Session {
		return this.#session;
	}

	get inspection(): Inspection {
		return this.#session.intake.inspection ?? { id: 0, files: [], sources: [], refused: [], comparisons: [], proposal: this.proposal };
	}

	readonly #shapes = $derived.by(() => this.inspection.sources.map(({ source }) => source));

	/** Null: a table of its own. */
	readonly #pack = $derived.by((): Pack | null => this.#session.packs.find(({ id }) => id === this.recipe.pack) ?? null);
	get pack(): Pack | null {
		return this.#pack;
	}

	/** The source that is taken as a table of its own. */
	readonly #own = $derived.by(() => ownSource(this.recipe));
	get own(): string | null {
		return this.#own;
	}

	get plan(): QuickPlan | null {
		return this.recipe.plan ?? null;
	}

	/** Readings as the answers and choices make them, by source, in the order of its columns. */
	readonly #readings = $derived.by(() => readingsBy(this.recipe, this.inspection.sources, this.#counted));
	readingsOf(source: string): readonly ColumnReading[] {
		return this.#readings.get(source) ?? [];
	}

	/** As the answers alone make it, whatever a person chose outright. */
	evidenceOf(source: string, column: string): ColumnReading {
		const found = this.inspection.sources.find((one) => one.source.id === source)?.readings.find((reading) => reading.column === column);
		if (!found) throw new ThroughlineError('request.invalid', { what: 'A column', given: column, allowed: 'those of the file' });
		return withAnswers(found, this.recipe.sources[source]?.answers ?? {});
	}

	readonly #asked = $derived.by(() => askedOf(this.recipe, this.inspection.sources));
	get asked(): ReturnType<typeof askedOf> {
		return this.#asked;
	}

	readonly #hindrances = $derived.by(() => hindrances(this.recipe, this.#pack, this.inspection.sources));
	get hindrances(): ReturnType<typeof hindrances> {
		return this.#hindrances;
	}

	readonly #accounts = $derived.by(() => accountsOf(this.recipe, this.inspection.sources));
	get accounts(): ReturnType<typeof accountsOf> {
		return this.#accounts;
	}

	/** Fills in what was decided about these files before, or about files with the same columns. */
	async start(): Promise<void> {
		const { before, adds } = this.#session.intake;
		const known = before ? { recipe: adds ? withAlike(before, this.#shapes) : before, edits: [] } : recalled(this.#session.kept.mappings, this.#shapes, Object.fromEntries(this.#session.packs.map((pack) => [pack.id, pack])));
		if (known) {
			await this.take(known.recipe, before ? 'before' : 'remembered', known.edits);
			await this.#readAsDecided(known.recipe);
		} else if (this.recipe.pack === null) await this.takeOwn();
		if (this.#session.intake.adds) this.#put({ ...this.recipe, repeats: 'later' });
		this.ready = true;
	}

	/** As proposed, with nothing of what was decided before. */
	async afresh(): Promise<void> {
		this.#session.kept.put('mappings', forgotten(this.#session.kept.mappings, this.#shapes));
		this.origin = 'proposed';
		this.proposal = this.inspection.proposal;
		[this.edits, this.#inferred] = [[], null];
		this.#put(this.#withDialects(this.proposal.recipe));
		if (this.recipe.pack === null) await this.takeOwn();
	}

	/** A recipe made elsewhere, where it fits these files. */
	async take(recipe: Recipe, origin: Origin, edits: readonly QuickEdit[] = []): Promise<void> {
		const { sources } = this.inspection;
		const chosen = recipe.pack === null ? (sources.find(({ source }) => recipe.sources[source.id]?.left === false)?.source.id ?? null) : null;
		if (recipe.pack !== null && recipe.pack !== this.proposal.recipe.pack) this.proposal = await this.#session.intake.propose(recipe.pack);
		const fresh = recipe.pack !== null ? this.proposal.recipe : chosen === null ? null : ownRecipe(sources, chosen, this.inspection.proposal.recipe);
		if (!fresh) return;
		this.edits = edits;
		this.origin = origin;
		const { plan: _, ...next } = rebased(recipe, fresh, this.#shapes);
		this.#put(this.#withDialects(recipe.plan && chosen !== null ? planned(next, chosen, recipe.plan) : next));
		if (recipe.plan && chosen !== null) this.#inferred = { key: this.#inferKey(chosen), plan: recipe.plan };
		await this.#recount();
		await this.#infer();
	}

	async takePack(id: string): Promise<void> {
		const turn = ++this.#turn;
		const proposal = await this.#session.intake.propose(id);
		if (turn !== this.#turn) return;
		const { sources } = this.recipe;
		this.proposal = proposal;
		const kept = Object.fromEntries(Object.entries(proposal.recipe.sources).map(([source, own]) => [source, { ...own, answers: sources[source]?.answers ?? {}, conversions: sources[source]?.conversions ?? {} }]));
		this.#put(this.#withDialects({ ...proposal.recipe, pack: id, sources: kept }));
	}

	/** Absent: the source with the most rows. */
	async takeOwn(source?: string): Promise<void> {
		const [largest] = [...this.#shapes].sort((a, b) => b.rows - a.rows);
		const chosen = source ?? largest?.id;
		if (chosen === undefined) return;
		this.edits = [];
		this.#put(ownRecipe(this.inspection.sources, chosen, this.recipe));
		await this.#infer();
	}

	/** One change to the recipe. */
	edit(change: (recipe: Recipe) => Recipe): void {
		this.#put(change(this.recipe));
		void this.#infer();
	}

	async convert(source: string, column: string, conversion: Conversion | null): Promise<void> {
		this.#put(converted(this.recipe, source, column, conversion));
		await this.#recount();
		await this.#infer();
	}

	/** One change to what was inferred; an impossible one is refused with the reason. */
	editPlan(edit: QuickEdit): void {
		const { own, plan } = this;
		if (own === null || !plan) return;
		try {
			this.#put(planned(this.recipe, own, withEdit(plan, edit)));
			this.edits = [...this.edits, edit];
			this.error = null;
		} catch (error) {
			this.error = asThroughlineError(error);
		}
	}

	/** Reads the files again in the way that a person chose; where that fails, as before. */
	async redialect(source: string, change: Partial<Dialect>): Promise<void> {
		const { intake, state } = this.#session;
		const { files, dialects, into, adds } = intake;
		const file = this.#shapes.find(({ id }) => id === source)?.file ?? source;
		const next = { ...dialects, [file]: { ...dialects[file], ...change } };
		const { recipe } = this;
		const again = { ...(into === undefined ? {} : { into }), before: recipe, adds };
		this.error = null;
		if (!(await intake.read(state.pack, files, { dialects: next, ...again }))) {
			this.error = intake.error;
			if (!(await intake.read(state.pack, files, { dialects, ...again }))) return;
		}
		const { origin } = this;
		drafts.set(this.inspection, this);
		this.proposal = this.inspection.proposal;
		this.#inferred = null;
		await this.take(recipe, origin, this.edits);
	}

	/** Opens them where nothing stands against it; what went wrong is said on the page. */
	async open(): Promise<void> {
		if (this.hindrances.length > 0 || this.opening) return;
		this.opening = true;
		await this.build().catch(() => undefined);
		this.opening = false;
		window.scrollTo(0, 0);
		document.getElementById('main')?.focus({ preventScroll: true });
	}

	/** Opens the files, and remembers what was decided for the next ones with the same columns. */
	async build(): Promise<void> {
		const { kept } = this.#session;
		const recipe = buildable(this.recipe);
		const proposed = this.inspection.proposal.recipe;
		const mappings = remembered(kept.mappings, recipe, proposed, this.#shapes, this.edits);
		await this.#session.build(recipe);
		kept.put('mappings', mappings);
	}

	#put(recipe: Recipe): void {
		this.recipe = recipe;
	}

	#withDialects(recipe: Recipe): Recipe {
		const { dialects } = this.#session.intake;
		return this.#shapes.reduce((next, { id, file }) => (dialects[file] ? dialected(next, id, dialects[file]) : next), recipe);
	}

	/** A dialect that was chosen for files with the same columns is chosen for these, too. */
	async #readAsDecided({ sources }: Recipe): Promise<void> {
		for (const { id, file } of this.#shapes) {
			const dialect = sources[id]?.dialect ?? {};
			if (Object.keys(dialect).length > 0 && JSON.stringify(this.#session.intake.dialects[file]) !== JSON.stringify(dialect)) await this.redialect(id, dialect);
		}
	}

	/** Counts what conversions that a person chose leave unread. */
	async #recount(): Promise<void> {
		for (const [source, { conversions }] of Object.entries(this.recipe.sources)) {
			for (const [column, conversion] of Object.entries(conversions)) {
				const key = countKey(source, column, conversion);
				if (this.#counted[key]) continue;
				const counted = await this.#session.intake.recount(source, column, conversion);
				this.#counted = { ...this.#counted, [key]: counted };
			}
		}
	}

	#inferKey(source: string): string {
		const { answers, conversions } = this.recipe.sources[source] ?? {};
		return JSON.stringify([this.inspection.id, source, answers, conversions]);
	}

	/** What is made of a table of its own, once it is known how its cells are read. */
	async #infer(): Promise<void> {
		const { own } = this;
		const turn = ++this.#turn;
		const recipe = own === null ? undefined : this.recipe.sources[own];
		if (own === null || !recipe || this.asked.some(({ open }) => open)) return;
		const key = this.#inferKey(own);
		if (this.#inferred?.key !== key) {
			this.looking = true;
			try {
				const plan = await this.#session.intake.quick(own, recipe);
				if (turn !== this.#turn) return;
				this.#inferred = { key, plan };
			} catch (error) {
				if (turn === this.#turn) this.error = asThroughlineError(error);
				return;
			} finally {
				if (turn === this.#turn) this.looking = false;
			}
		}
		this.#put(planned(this.recipe, own, planWith(this.#inferred.plan, [...dropEdits(this.recipe, own), ...this.edits])));
	}
}
