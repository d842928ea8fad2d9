import { quoted } from '../lib/sql-text.ts';
import { conversionSql, inferColumns, open as openQuestions, readableSql, withAnswers, withConversion } from '../import/infer/index.ts';
import { comparable } from '../import/map/comparable.ts';
import { rowEvidence } from '../import/map/evidence.ts';
import { proposeRecipe } from '../import/map/propose.ts';
import type { Proposal } from '../import/map/proposal.ts';
import { identifiersIn } from '../import/privacy/identifiers.ts';
import { inferQuick } from '../import/quick/infer.ts';
import type { QuickPlan } from '../import/quick/types.ts';
import type { Draw } from '../import/privacy/drawn.ts';
import { arrowOf } from '../import/read/arrow.ts';
import { formatOf } from '../import/read/format.ts';
import { unpack } from '../import/read/unpack.ts';
import { readers } from '../import/readers.ts';
import type { ColumnReading, Conversion, Dialect, InputFile, ReadOptions, Recipe, Sink, Source, SourceRecipe } from '../import/types.ts';
import { asThroughlineError, ThroughlineError } from '../lib/errors.ts';
import type { Pack } from '../pack/types.ts';
import { packs } from '../packs/index.ts';
import type { Inspected, Inspection, Progress, ReadRequest } from './api.ts';
import type { Duck } from './duckdb.ts';
import { makeTables, type Made } from './tables.ts';

export { badCells } from '../import/infer/index.ts';
export { quickPack } from '../import/quick/pack.ts';

/** A source, and the SQL name of the table that it landed in. */
export interface Landed extends Inspected {
	landed: string;
}

/** Files read into tables of texts, in a catalog of their own beside the pack's. */
export interface Intake {
	read(request: ReadRequest, progress?: Progress): Promise<Inspection>;
	stop(): void;
	/** The latest inspection. */
	current(): number | null;
	propose(pack: string): Proposal;
	/** What could be made of one source alone, read as the recipe says. */
	quick(id: string, recipe: SourceRecipe): QuickPlan;
	source(id: string): Landed;
	/** Everything that was read: rows, and lines that are no row. */
	sources(): { id: string; rows: number; skipped: number }[];
	/** Makes the raw tables of the pack in the current catalog. */
	make(pack: Pack, recipe: Recipe): Made;
	/** The proposal, where nothing is left to ask. */
	settled(pack: string): Recipe;
	/** What was read is no longer needed. */
	clear(): void;
}

const catalog = 'intake';

/** `home` makes the catalog of the open pack current again after a batch has landed elsewhere. */
export function createIntake(duck: Duck, home: () => void, draw: Draw): Intake {
	let sources: Landed[] = [];
	let open = '';
	let reading: AbortController | undefined;
	let there = false;
	let inspections = 0;
	/** Why files, or parts of them, could not be read. */
	let refusals: ThroughlineError[] = [];

	function clear(): void {
		sources = [];
		if (there) duck.run(`detach ${catalog}`);
		there = false;
	}

	async function readOne(file: InputFile, given: ReadOptions, numbered: () => number): Promise<{ source: Source; landed: string }[]> {
		const format = await formatOf(file);
		if (format === 'gzip' || format === 'zip') throw new ThroughlineError('read.archive', { file: file.name, reason: 'it is an archive in an archive' });
		const landing = duck.landing(catalog);
		const tables = new Map<string, { table: string; columns: readonly string[]; begun: boolean }>();
		const sink: Sink = {
			begin: ({ id, columns }) => tables.set(id, { table: `s${String(numbered())}`, columns, begun: false }),
			rows: (id, batch) => {
				const to = tables.get(id);
				if (!to || batch.rows === 0) return;
				landing.insert(arrowOf(to.columns, batch), to.table, !to.begun);
				to.begun = true;
			},
		};
		let whole = false;
		const found = await readers[format](file, sink, given)
			.then((read) => {
				whole = true;
				return read;
			})
			.finally(() => landing.end(whole));
		return found.map((source) => ({ source, landed: tables.get(source.id)?.begun === true ? `${catalog}.main.${quoted(tables.get(source.id)?.table ?? '')}` : '' }));
	}

	async function read({ pack, files, dialects = {} }: ReadRequest, progress?: Progress): Promise<Inspection> {
		reading?.abort();
		const own = new AbortController();
		reading = own;
		clear();
		duck.run(`attach ':memory:' as ${catalog}`);
		there = true;
		open = pack;
		refusals = [];
		const refused: Inspection['refused'] = [];
		const refuse = (file: string, error: unknown): void => {
			if (own.signal.aborted) throw new ThroughlineError('files.stopped', { file });
			const known = asThroughlineError(error);
			refusals.push(known);
			refused.push({ file, message: known.message, next: known.next });
		};
		const whole: InputFile[] = [];
		for (const file of files) {
			try {
				whole.push(...(await unpack(file, { signal: own.signal })));
			} catch (error) {
				refuse(file.name, error);
			}
		}
		let count = 0;
		const landed: Landed[] = [];
		const total = whole.reduce((sum, { blob }) => sum + blob.size, 0);
		let before = 0;
		for (const file of whole) {
			const begun = performance.now();
			const report = (bytes: number, rows: number): void => progress?.({ phase: 'reading', name: file.name, rows, milliseconds: performance.now() - begun, done: before + bytes, total });
			const dialect = dialectFor(dialects, file.name);
			try {
				const found = await readOne(file, { signal: own.signal, progress: report, ...(dialect ? { dialect } : {}) }, () => ++count);
				if (found.length === 0) refuse(file.name, new ThroughlineError('files.no-records', { file: file.name, reason: 'there is nothing in it' }));
				for (const { source, landed: table } of found) {
					if (table === '') refuse(source.id, emptied(source));
					else {
						const one = measured(source, table, progress);
						if (one.profiles.every(({ filled }) => filled === 0)) refuse(source.id, emptied(source));
						else landed.push(one);
					}
				}
			} catch (error) {
				refuse(file.name, error);
			}
			before += file.blob.size;
		}
		if (own.signal.aborted) throw new ThroughlineError('files.stopped', { file: whole[0]?.name ?? '' });
		if (landed.length === 0) {
			clear();
			throw refusals[0] ?? new ThroughlineError('files.no-records', { file: 'What was given', reason: 'there is no file in it' });
		}
		sources = uniquelyNamed(landed);
		const proposal = proposed();
		inspections++;
		return { id: inspections, files: whole.map(({ name, blob }) => ({ name, size: blob.size })), sources: sources.map(({ landed: _, ...source }) => source), refused, proposal, comparisons: compared(proposal) };
	}

	function measured(source: Source, landed: string, progress?: Progress): Landed {
		const begun = performance.now();
		const { profiles, readings } = inferColumns(duck, landed, source.columns, (column, done) => progress?.({ phase: 'measuring', name: `${source.id}, ${column}`, rows: source.rows, milliseconds: performance.now() - begun, done, total: source.columns.length }));
		return { source, profiles, readings, identifiers: identifiersIn(profiles, readings), landed };
	}

	function proposed(pack?: string): Proposal {
		return proposeRecipe(packs, sources, { open, rows: rowEvidence(duck, Object.fromEntries(sources.map(({ source, landed }) => [source.id, landed]))), ...(pack === undefined ? {} : { pack }) });
	}

	/** Against the raw tables as proposed, made for this in the intake's own catalog. */
	function compared({ recipe }: Proposal): Inspection['comparisons'] {
		const pack = packs[recipe.pack ?? ''];
		if (!pack || unanswered(recipe).length > 0) return [];
		duck.run(`use ${catalog}.main`);
		try {
			duck.run('create schema if not exists raw');
			const made = makeTables(duck, pack, { ...recipe, sources: Object.fromEntries(Object.entries(recipe.sources).map(([id, source]) => [id, { ...source, privacy: {} }])) }, sources, readingsBy(recipe), draw);
			const found = comparable(duck, pack, sources);
			for (const { table } of made) duck.run(`drop table if exists raw.${quoted(table)}`);
			return found;
		} finally {
			home();
		}
	}

	/** Readings as the recipe's answers and choices make them, by source and column. */
	function readingsBy(recipe: Recipe): (source: string, column: string) => ColumnReading | undefined {
		const made = new Map(
			sources.flatMap(({ source, readings }) => {
				const own = recipe.sources[source.id];
				return readings.map((reading) => {
					const chosen = own && Object.hasOwn(own.conversions, reading.column) ? own.conversions[reading.column] : undefined;
					return [`${source.id}\n${reading.column}`, chosen ? withConversion(reading, chosen) : withAnswers(reading, own?.answers ?? {})] as const;
				});
			}),
		);
		return (source, column) => made.get(`${source}\n${column}`);
	}

	/** Columns that a recipe takes and that still raise a question. */
	function unanswered(recipe: Recipe): string[] {
		const used = new Map<string, Set<string>>();
		for (const feed of Object.values(recipe.tables).flat()) {
			const columns = used.get(feed.source) ?? new Set<string>();
			used.set(feed.source, columns);
			for (const column of [...Object.values(feed.columns).flatMap(({ from }) => from), ...feed.extra]) columns.add(column);
		}
		return sources.flatMap(({ source, readings }) => {
			const own = recipe.sources[source.id];
			const asked = readings.filter(({ column }) => used.get(source.id)?.has(column) === true && own?.privacy[column] !== 'drop' && !(own && Object.hasOwn(own.conversions, column)));
			return openQuestions(asked, own?.answers ?? {}).map(({ column }) => `${column} (${source.id})`);
		});
	}

	function make(pack: Pack, recipe: Recipe): Made {
		const asked = unanswered(recipe);
		if (asked.length > 0) throw new ThroughlineError('files.questions', { columns: asked.join(', '), count: asked.length });
		return makeTables(duck, pack, recipe, sources, readingsBy(recipe), draw);
	}

	function settled(pack: string): Recipe {
		const [refusal] = refusals;
		if (refusal) throw refusal;
		const doubtful = sources.filter(({ source }) => source.dialect?.encoding.sure === false && source.dialect.encoding.value !== 'utf-8').map(({ source }) => `the letters of ${source.id}`);
		if (doubtful.length > 0) throw new ThroughlineError('files.questions', { columns: doubtful.join(', '), count: doubtful.length });
		const { recipe, tables, unused } = proposed(pack);
		const missing = tables.flatMap(({ columns, source, table }) => columns.filter(({ weight, from, numbered }) => weight === 'needed' && from.length === 0 && !numbered).map(({ column }) => `${table}.${column} (${source})`));
		const lacking = Object.entries(packs[pack]?.raw ?? {}).filter(([name, { required }]) => required && !tables.some(({ table }) => table === name));
		if (missing.length > 0) throw new ThroughlineError('files.columns', { file: [...new Set(tables.map(({ source }) => source))].join(', '), columns: missing.join(', '), plural: missing.length > 1 ? 's' : '', header: sources.flatMap(({ source }) => source.columns).slice(0, 20).join(', ') });
		if (lacking.length > 0) throw new ThroughlineError('files.missing', { files: lacking.map(([name, { grain }]) => `${name} (${grain} on each row)`).join(', ') });
		if (unused.length > 0) throw new ThroughlineError('files.unknown', { file: unused.map(({ source }) => source).join(', '), expected: Object.keys(packs[pack]?.raw ?? {}).join(', ') });
		return recipe;
	}

	function source(id: string): Landed {
		const found = sources.find(({ source: one }) => one.id === id);
		if (!found) throw new ThroughlineError('request.invalid', { what: 'A source', given: id, allowed: sources.map(({ source: one }) => one.id).join(', ') });
		return found;
	}

	function quick(id: string, recipe: SourceRecipe): QuickPlan {
		const { source: one, profiles, landed } = source(id);
		const readings = one.columns.map((column) => readingsBy({ version: 1, pack: null, sources: { [id]: recipe }, tables: {} })(id, column)).filter((reading) => reading !== undefined);
		const conversions = new Map(readings.map(({ column, conversion }) => [column, conversion]));
		return inferQuick(one, profiles, readings, { db: duck, table: landed, value: (column) => valueSql(conversions.get(column) ?? { kind: 'text', missing: [] }, column) });
	}

	return {
		read,
		stop: () => reading?.abort(),
		current: () => (there ? inspections : null),
		propose: (pack) => proposed(pack),
		quick,
		source,
		sources: () => sources.map(({ source: { id, rows, skipped } }) => ({ id, rows, skipped })),
		make,
		settled,
		clear,
	};
}

function dialectFor(dialects: Readonly<Record<string, Partial<Dialect>>>, file: string): Partial<Dialect> | undefined {
	return Object.hasOwn(dialects, file) ? dialects[file] : undefined;
}

const emptied = (source: Source): ThroughlineError => new ThroughlineError('files.no-records', { file: source.id, reason: source.skipped > 0 ? `none of its ${String(source.skipped)} lines is a row` : 'there is no row under the header' });

/** Two files of one name are told apart by their place. */
function uniquelyNamed(landed: readonly Landed[]): Landed[] {
	const seen = new Map<string, number>();
	return landed.map((one) => {
		const times = (seen.get(one.source.id) ?? 0) + 1;
		seen.set(one.source.id, times);
		return times === 1 ? one : { ...one, source: { ...one.source, id: `${one.source.id} (${String(times)})` } };
	});
}

const casts: Partial<Record<Conversion['kind'], string>> = { number: 'double', timestamp: 'timestamp', 'timestamp-number': 'timestamp', boolean: 'boolean' };

function valueSql(conversion: Conversion, column: string): string {
	const text = conversionSql(conversion, quoted(column));
	const type = casts[conversion.kind];
	return type === undefined ? text : `try_cast(${text} as ${type})`;
}

/** Rows of a landed source that a conversion cannot read, as a condition. */
export const unreadIn = (column: string, conversion: Conversion): string => `${quoted(column)} is not null and trim(${quoted(column)}) <> '' and not coalesce(${readableSql(conversion, quoted(column))}, true)`;
