import type { Dataset, Fingerprint, InputFile, ModelTiming, RuleResult, TableAccount } from '../engine/api.ts';
import { isDay, isInstant, toDay } from '../lib/dates.ts';
import { ThroughlineError } from '../lib/errors.ts';
import { compile } from '../metrics/compile.ts';
import { finish } from '../metrics/finish.ts';
import { measureCalled } from '../metrics/relation.ts';
import type { DateRange, Filters } from '../metrics/request.ts';
import type { Grain } from '../pack/types.ts';
import { ask, rowsOf } from './answers.svelte.ts';
import type { Outcome } from './first-sight.svelte.ts';
import type { Session } from './session.svelte.ts';

type Cell = string | number | boolean | null;

export interface Summary {
	pack: string;
	asOf: string;
	rows: number;
	tables: TableAccount[];
}

/** `window.throughline`: the app for people who script it, and for tests. Documented in the README. */
export interface ConsoleApi {
	ready: Promise<Summary>;
	measures: () => { id: string; label: string; definition: string; dimensions: readonly string[] }[];
	open: (request: { pack?: string; seed?: number; size?: string; scenario?: string }) => Promise<Summary>;
	load: (files: readonly File[]) => Promise<Summary>;
	asOf: (instant: string | null) => Promise<Summary>;
	filter: (filters: Filters) => Promise<void>;
	/** Days on which cases were opened, both inclusive; {} shows all. */
	dates: (range: DateRange) => Promise<void>;
	measure: (id: string, options?: { by?: readonly string[]; grain?: Grain }) => Promise<Record<string, Cell>[]>;
	sql: (text: string) => Promise<Record<string, unknown>[]>;
	/** Of the marts: the same code for the same numbers, in every browser. */
	fingerprint: () => Promise<Fingerprint>;
	quality: () => RuleResult[];
	timings: () => ModelTiming[];
	manifest: () => unknown;
	/** What became of the picture that came with the page; null where the page did not begin with it. */
	firstSight: () => Outcome | null;
}

const grains: readonly Grain[] = ['day', 'week', 'month', 'quarter'];

const summary = (dataset: Dataset): Summary => ({ pack: dataset.pack, asOf: dataset.asOf, rows: dataset.rows, tables: dataset.accounts });

/** With the folder, where a folder was chosen. */
export const inputFiles = (files: readonly File[]): InputFile[] => files.map((file) => ({ name: file.webkitRelativePath || file.name, blob: file }));

export const sqlRowLimit = 10_000;

export function consoleApi(session: Session, ready: Promise<Dataset>): ConsoleApi {
	const dataset = (): Dataset => {
		if (!session.dataset) throw new ThroughlineError('engine.closed');
		return session.dataset;
	};
	return {
		ready: ready.then(summary),
		measures: () => Object.entries(session.pack.measures).map(([id, { label, definition, mart }]) => ({ id, label, definition, dimensions: session.pack.marts[mart]?.dimensions ?? [] })),
		open: async (request) => summary(await session.open(request)),
		load: async (files) => summary(await session.load(inputFiles(files))),
		asOf: async (instant) => {
			if (instant !== null && !isInstant(instant)) throw new ThroughlineError('request.invalid', { what: 'The as-of', given: instant, allowed: 'YYYY-MM-DDTHH:MM:SS, or null for the latest' });
			return summary(await session.asOf(instant));
		},
		filter: async (filters) => session.filter(filters),
		dates: async ({ from, to }) => {
			for (const day of [from, to]) if (day !== undefined && !isDay(day)) throw new ThroughlineError('request.invalid', { what: 'A day', given: day, allowed: 'YYYY-MM-DD' });
			await session.setRange({ from, to });
		},
		measure: async (id, options = {}) => {
			const { context } = session;
			if (!context) throw new ThroughlineError('engine.closed');
			if (options.grain !== undefined && !grains.includes(options.grain)) throw new ThroughlineError('request.invalid', { what: 'The grain', given: options.grain, allowed: grains.join(', ') });
			const request = { measure: id, ...(options.by ? { by: options.by } : {}), ...(options.grain ? { grain: options.grain } : {}) };
			const compiled = compile(context, request);
			const rows = await ask(session.engine, {
				statements: [compiled.sql],
				kernels: compiled.kernel ? { [compiled.sql]: compiled.kernel } : {},
				selections: compiled.relation.selection ? [compiled.relation.selection] : [],
				read: ([answer]) => finish(measureCalled(context.pack, id), compiled, answer ?? []),
			});
			return rows.map(({ keys, t, value, n, lo, hi }) => ({
				...Object.fromEntries((options.by ?? []).map((dimension, i) => [dimension, keys[i] ?? null])),
				...(options.grain && t !== null ? { [options.grain]: toDay(t) } : {}),
				value,
				n,
				lo,
				hi,
			}));
		},
		sql: async (text) => rowsOf((await session.engine.sql(text, sqlRowLimit)).table).slice(0, sqlRowLimit),
		fingerprint: () => session.engine.fingerprint(),
		quality: () => dataset().quality,
		timings: () => dataset().timings,
		manifest: () => session.manifest,
		firstSight: () => session.first?.outcome ?? null,
	};
}
