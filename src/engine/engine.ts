import { ThroughlineError } from '../lib/errors.ts';
import type { Pack } from '../pack/types.ts';
import type { Absent, BadCells, Dataset, FileAccount, EngineApi, OpenRequest, Progress, QueryBatch, TableAccount } from './api.ts';
import { absentIn } from './absent.ts';
import { AnswerCache } from './answers.ts';
import { buildModels, type Built } from './build.ts';
import { answer } from './console.ts';
import { createTurns } from './turns.ts';
import type { Duck } from './duckdb.ts';
import { fingerprint } from './fingerprint.ts';
import type { ModelNode } from './graph.ts';
import { runKernel } from './kernels.ts';
import { extrasOf, withExtras, type Extra } from '../import/extras.ts';
import { unfedName } from '../import/map/unfed.ts';
import type { Draw } from '../import/privacy/drawn.ts';
import type { Intake } from './intake.ts';
import { fileAccounts } from './file-accounts.ts';
import { findBadCells } from './bad-cells.ts';
import { lackingIn } from './lacking.ts';
import { modelsOf, packCalled } from './models.ts';
import { createEmpty, insertGenerated, rereadJson } from './raw.ts';
import { mentions, render, type Vars } from '../lib/template.ts';
import { Vectors } from './vectors.ts';

interface Open {
	/** With the extra columns of the files as dimensions. */
	pack: Pack;
	extras: Extra[];
	catalog: string;
	order: ModelNode[];
	vars: Vars;
	accounts: { table: string; file: string | null; read: number; rejected: number; replaced: number }[];
	badCells: BadCells[];
	absent: Absent[];
	files: FileAccount[];
	staged: Built;
	latest: string;
	earliest: string;
	plausibleLatest: string | null;
	asOf: string;
	dataset: Dataset;
}

type Clock = Pick<Open, 'latest' | 'earliest' | 'plausibleLatest'>;

/** Materialised selections that stay, the latest used: going back to a filter costs nothing. */
const keptSelections = 16;

type Filled = Pick<Open, 'accounts' | 'badCells' | 'absent'> & {
	/** Once staging stands. */
	files?: () => FileAccount[];
};

/** What only files need is loaded when the first are given. */
export const filesPart = () => import('./intake.ts');

/** One pack open at a time, in a catalog of its own. What is open is replaced only when the new one stands complete. `draw` makes surrogates. */
export function createEngine(boot: () => Promise<Duck>, draw: Draw): EngineApi {
	let booting: Promise<Duck> | undefined;
	let open: Open | undefined;
	let selections = new Map<string, string>();
	let version = 0;
	/** Selections are named by their conditions, so that a statement says all that its answer depends on but the data. */
	const answers = new AnswerCache();
	let vectors: Vectors | undefined;
	const turns = createTurns();
	let intake: Intake | undefined;
	const started = (): Promise<Duck> =>
		(booting ??= boot().catch((error: unknown) => {
			booting = undefined;
			throw error;
		}));
	const taking = async (): Promise<Intake> => {
		const [duck, { createIntake }] = await Promise.all([started(), filesPart()]);
		return (intake ??= createIntake(duck, () => duck.run(open ? `use "${open.catalog}".main` : 'use memory'), draw));
	};
	const current = (): Open => {
		if (!open) throw new ThroughlineError('engine.closed');
		return open;
	};

	async function replace({ pack, asOf, definition }: Pick<OpenRequest, 'pack' | 'asOf' | 'definition'>, given: Vars, fill: (duck: Duck, pack: Pack) => Filled, progress?: Progress): Promise<Dataset> {
		const duck = await started();
		return turns.alone(() => replaceNow(duck, packCalled(pack, definition), asOf, given, fill, progress));
	}

	function replaceNow(duck: Duck, declared: Pack, asOf: string | null, given: Vars, fill: (duck: Duck, pack: Pack) => Filled, progress?: Progress): Dataset {
		const order = modelsOf(declared);
		const catalog = open?.catalog === declared.id ? `${declared.id}_b` : declared.id;
		duck.run(`attach ':memory:' as "${catalog}"`);
		try {
			duck.run(`use "${catalog}".main`);
			for (const schema of ['raw', 'staging', 'intermediate', 'marts', 'quarantine']) duck.run(`create schema "${catalog}".${schema}`);
			const filled = fill(duck, declared);
			const extras = extrasOf(duck, declared);
			const pack = withExtras(declared, extras);
			const vars = { ...pack.vars, ...given };
			const staging = order.filter((node) => node.layer === 'staging');
			const staged = buildModels(duck, pack, staging, order, vars, progress);
			const files = filled.files?.() ?? [];
			const clock = clockOf(duck, pack);
			const next = { pack, extras, catalog, order, vars, ...filled, files, staged, ...clock, asOf: asOf ?? clock.latest };
			const dataset = buildFromAsOf(duck, next, ++version, progress);
			const before = open?.catalog;
			open = { ...next, dataset };
			dropSelections(duck);
			if (before !== undefined) duck.run(`detach "${before}"`);
			return dataset;
		} catch (error) {
			duck.run(open ? `use "${open.catalog}".main` : 'use memory');
			duck.run(`detach "${catalog}"`);
			throw error;
		}
	}

	function dropSelections(duck: Duck): void {
		for (const name of selections.keys()) duck.run(`drop table if exists temp."${name}"`);
		selections = new Map();
		answers.clear();
		vectors?.clear();
	}

	/** Makes the selections that the statements name. */
	function select(duck: Duck, batch: QueryBatch, statements: readonly string[]): void {
		for (const { name, sql } of batch.selections) {
			if (!statements.some((statement) => statement.includes(name))) continue;
			if (selections.get(name) !== sql) duck.run(`create or replace temp table "${name}" as ${sql}`);
			selections.delete(name);
			selections.set(name, sql);
		}
		for (const name of [...selections.keys()].slice(0, -Math.max(keptSelections, batch.selections.length))) {
			duck.run(`drop table if exists temp."${name}"`);
			selections.delete(name);
		}
	}

	return {
		open: (request, progress) =>
			replace(request, request.vars ?? {}, (duck, pack) => {
				insertGenerated(duck, pack, request.tables, progress);
				return { accounts: Object.keys(pack.raw).map((table) => ({ table, file: null, read: request.tables[table]?.rows ?? 0, rejected: 0, replaced: 0 })), badCells: [], absent: [] };
			}, progress),

		async read(request, progress) {
			await started();
			return (await taking()).read(request, progress);
		},

		stopReading: async () => intake?.stop(),

		propose: async (pack) => (await taking()).propose(pack),

		quick: async (source, recipe) => (await taking()).quick(source, recipe),

		lacks: async (pack, absent) => lackingIn(packCalled(pack), absent),

		async recount(source, column, conversion) {
			const [duck, { badCells }] = await Promise.all([started(), filesPart()]);
			return badCells(duck, (await taking()).source(source).landed, column, conversion);
		},

		async sourceRows(source, { from, count }, unread) {
			const [duck, { unreadIn }] = await Promise.all([started(), filesPart()]);
			const { landed } = (await taking()).source(source);
			const where = unread ? `where ${unreadIn(unread.column, unread.conversion)}` : '';
			return duck.bytes(`select * from ${landed} ${where} order by _line limit ${String(Math.floor(count))} offset ${String(Math.floor(from))}`);
		},

		async load(request, progress) {
			const [files, { quickPack }] = await Promise.all([taking(), filesPart()]);
			packCalled(request.pack, request.recipe?.plan ? quickPack(request.recipe.plan) : undefined);
			if (request.read === undefined || request.read !== files.current()) await files.read({ pack: request.pack, files: request.files, dialects: Object.fromEntries(Object.entries(request.recipe?.sources ?? {}).map(([id, { dialect }]) => [id, dialect])) }, progress);
			const recipe = request.recipe ?? files.settled(request.pack);
			const definition = recipe.plan ? quickPack(recipe.plan) : undefined;
			const dataset = await replace({ asOf: request.asOf, pack: recipe.pack ?? definition?.id ?? request.pack, ...(definition ? { definition } : {}) }, {}, (duck, pack) => {
				const begun = performance.now();
				const made = files.make(pack, recipe);
				made.forEach(({ table, rows }, index) => progress?.({ phase: 'raw', name: table, rows, milliseconds: performance.now() - begun, done: index + 1, total: made.length }));
				const badCells = made.flatMap(({ table, files: from }) => findBadCells(duck, table, from.join(', '), pack.raw[table] ?? { grain: '', required: false, columns: {}, clock: [] }));
				for (const [name, table] of Object.entries(pack.raw)) {
					if (!made.some((one) => one.table === name)) createEmpty(duck, name, table);
					rereadJson(duck, name, table);
				}
				return { accounts: made.map(({ table, files: from, read, rows, replaced }) => ({ table, file: from.join(', '), read, rejected: read - rows, replaced })), badCells, absent: recipe.plan ? [] : absentIn(duck, pack, recipe), files: () => fileAccounts(duck, pack, recipe, files.sources()) };
			}, progress);
			files.clear();
			return dataset;
		},

		async asOf(instant, progress) {
			const duck = await started();
			return turns.alone(() => {
				const was = current();
				const next = { ...was, asOf: instant ?? was.latest };
				duck.run('begin transaction');
				try {
					const dataset = buildFromAsOf(duck, next, ++version, progress);
					duck.run('commit');
					open = { ...next, dataset };
					dropSelections(duck);
					return dataset;
				} catch (error) {
					duck.run('rollback');
					throw error;
				}
			});
		},

		async query(batch) {
			const duck = await started();
			current();
			select(duck, batch, batch.statements.filter((sql) => !batch.kernels?.[sql] && !answers.has(sql)));
			const milliseconds: number[] = [];
			const tables = batch.statements.map((sql) => {
				const begun = performance.now();
				const known = answers.get(sql);
				const kernel = batch.kernels?.[sql];
				const answer = known ?? (kernel ? runKernel((vectors ??= new Vectors(duck)), kernel) : duck.bytes(sql));
				if (!known) answers.put(sql, answer);
				milliseconds.push(performance.now() - begun);
				return answer;
			});
			return { tables, milliseconds };
		},

		async sql(text, limit) {
			const duck = await started();
			return turns.inTurn((stopped) => answer(duck, current().catalog, text, limit, stopped));
		},

		cancel: async () => turns.stop(),

		async models() {
			await started();
			const { pack, order, vars, asOf } = current();
			const layers = new Map(order.map((node) => [node.name, node.layer as string]));
			return order.map((node) => ({
				name: node.name,
				layer: node.layer,
				grain: (pack.staging[node.name] ?? pack.models[node.name] ?? pack.marts[node.name])?.grain ?? '',
				refs: mentions(node.sql).refs,
				sources: node.sources,
				sql: render(node.name, node.sql, (name) => layers.get(name), { ...vars, as_of: asOf }),
			}));
		},

		async fingerprint() {
			const duck = await started();
			return turns.inTurn((stopped) => {
				const { catalog, order } = current();
				return fingerprint(duck, `"${catalog}".marts`, order.filter(({ layer }) => layer === 'marts').map(({ name }) => name), stopped);
			});
		},

		async close() {
			const duck = await started();
			await turns.alone(() => {
				if (!open) return;
				dropSelections(duck);
				duck.run('use memory');
				duck.run(`detach "${open.catalog}"`);
				open = undefined;
			});
		},
	};
}

/** Stands for the as-of where no column of a pack says when: nothing in its SQL or on its pages depends on it. */
const noTime = '1970-01-01T00:00:00';

/** The first and the latest timestamp over the pack's clock columns, rows that were set aside left out. */
function clockOf(duck: Duck, pack: Pack): Clock {
	const columns = Object.entries(pack.staging).flatMap(([name, model]) => {
		const staged = new Map(model.rules.flatMap((rule) => (rule.kind === 'parses' ? Object.entries(rule.columns).map(([column, raw]) => [raw, column] as const) : [])));
		return (pack.raw[model.source]?.clock ?? []).map((raw) => {
			const column = staged.get(raw);
			return column === undefined
				? `select try_cast("${raw}" as timestamp) as t from raw."${model.source}" where _row in (select source_row from staging."${name}")`
				: `select "${column}"::timestamp as t from staging."${name}"`;
		});
	});
	if (columns.length === 0) return { latest: noTime, earliest: noTime, plausibleLatest: null };
	const text = (column: string): string => `rtrim(rtrim(strftime(${column}, '%Y-%m-%dT%H:%M:%S.%f'), '0'), '.')`;
	const instants = `with instants as (${columns.join(' union all ')})`;
	const row = duck.rows(`${instants} select ${text('max(t)')} as latest, ${text('min(t)')} as earliest, count(*)::double as rows, count(t)::double as n from instants`)[0];
	if (row?.latest === null || row?.latest === undefined) throw new ThroughlineError('files.empty', { file: 'The data', reason: 'no row with a readable date is left' });
	const clock = { latest: String(row.latest), earliest: String(row.earliest), plausibleLatest: null };
	const [n, rank] = [Number(row.n), Number(row.rows) < 200 ? 0.9 : 0.99];
	const late = duck.rows(`${instants} select count(*)::double as n from instants where t >= (select max(t) from instants) - interval 366 day`)[0];
	// As many late ones as that reach down to the rank: the latest stands near nearly all, and they need not be put in order.
	if (Number(late?.n) > n * (1 - rank) + 1) return clock;
	const plausible = duck.rows(`${instants}, bounds as (select max(t) as latest, quantile_disc(t, ${String(rank)}) as nearly_all from instants)
		select ${text('max(t) filter (where latest > nearly_all + interval 366 day and t <= nearly_all + interval 366 day)')} as t from instants, bounds`)[0]?.t;
	return { ...clock, plausibleLatest: plausible === null || plausible === undefined ? null : String(plausible) };
}

function buildFromAsOf(duck: Duck, open: Omit<Open, 'dataset'>, version: number, progress?: Progress): Dataset {
	const { pack, order, staged } = open;
	const later = order.filter((node) => node.layer !== 'staging');
	const built = buildModels(duck, pack, later, order, { ...open.vars, as_of: open.asOf }, progress, open.extras);
	const accounts = open.accounts.map(({ table, file, read, rejected, replaced }): TableAccount => {
		const staging = Object.entries(pack.staging).find(([, model]) => model.source === table)?.[0] ?? '';
		const moved = staged.moved[staging] ?? { quarantined: 0, copies: 0 };
		const skipped = rejected + moved.copies;
		return { table, file, read, quarantined: moved.quarantined, skipped, ...(replaced > 0 ? { replaced } : {}), loaded: read - moved.quarantined - skipped };
	});
	return {
		pack: pack.id,
		asOf: open.asOf,
		latest: open.latest,
		plausibleLatest: open.plausibleLatest,
		earliest: open.earliest,
		rows: (open.files.length > 0 ? open.files : accounts).reduce((sum, account) => sum + account.read, 0),
		files: open.files,
		quality: [...staged.quality, ...built.quality],
		timings: [...staged.timings, ...built.timings],
		accounts,
		badCells: open.badCells,
		values: slicerValues(duck, pack),
		extras: open.extras,
		absent: open.absent,
		lacks: lackingIn(pack, open.absent.map(unfedName)),
		version,
	};
}

function slicerValues(duck: Duck, pack: Pack): Dataset['values'] {
	const own = pack.marts[pack.main.mart]?.dimensions ?? [];
	return Object.fromEntries(
		own.flatMap((id) => (pack.dimensions[id] ? [[id, pack.dimensions[id].column] as const] : [])).map(([id, column]) => {
			const rows = duck.rows(`select "${column}"::varchar as value, count(*)::integer as n from marts."${pack.main.mart}" group by 1 order by n desc, value limit 500`);
			return [id, rows.map((row) => ({ value: row.value === null ? null : String(row.value), n: Number(row.n) }))];
		}),
	);
}
