import { existsSync, readFileSync } from 'node:fs';
import { createEngine } from '../../src/engine/engine.ts';
import { bootInNode } from '../../src/engine/duckdb-node.ts';
import { decode } from '../../src/engine/duckdb.ts';
import type { Dataset, EngineApi, InputFile } from '../../src/engine/api.ts';
import { randomStream } from '../../src/lib/random.ts';
import { finish } from '../../src/metrics/finish.ts';
import { compile } from '../../src/metrics/compile.ts';
import { measureCalled } from '../../src/metrics/relation.ts';
import type { Context, MeasureRequest, MeasureRow } from '../../src/metrics/request.ts';
import type { Plan } from '../../src/metrics/tiles/plan.ts';
import { packs } from '../../src/packs/index.ts';
import { generate } from '../../src/packs/generators.ts';
import type { Generated, Pack } from '../../src/pack/types.ts';

/** The browser's own DuckDB-Wasm, in Node. */
export function nodeEngine(): EngineApi {
	return createEngine(bootInNode, randomStream(1, 'surrogates'));
}

export function packNamed(id: string): Pack {
	const pack = packs[id];
	if (!pack) throw new Error(`no pack ${id}`);
	return pack;
}

export function contextOf(pack: Pack, dataset: Dataset, filters: Context['filters'] = {}, range: Context['range'] = {}): Context {
	return { pack, filters, range, asOf: dataset.asOf, earliest: dataset.earliest };
}

export async function run<T>(engine: EngineApi, plan: Plan<T>): Promise<T> {
	const { tables } = await engine.query({ selections: plan.selections, statements: plan.statements, kernels: plan.kernels ?? {} });
	return plan.read(tables.map((table) => decode(table)));
}

export async function measure(engine: EngineApi, context: Context, request: MeasureRequest): Promise<MeasureRow[]> {
	const compiled = compile(context, request);
	const { tables } = await engine.query({ selections: compiled.relation.selection ? [compiled.relation.selection] : [], statements: [compiled.sql], kernels: compiled.kernel ? { [compiled.sql]: compiled.kernel } : {} });
	return finish(measureCalled(context.pack, request.measure), compiled, decode(tables[0] ?? new Uint8Array()), request.tested === true);
}

export async function openDemo(engine: EngineApi, pack: string, request: { seed: number; size: string; scenario: string }): Promise<{ dataset: Dataset; generated: Generated }> {
	const generated = await generate(pack, request);
	return { dataset: await engine.open({ pack, tables: generated.tables, asOf: null }), generated };
}

/** Real files that stand beside a checkout; a test that needs one skips, saying so, where they are missing. */
export const sharedData = new URL('../../../shared/data/', import.meta.url);

export function sharedFiles(folder: string, names: readonly string[]): InputFile[] | null {
	const urls = names.map((name) => new URL(`${folder}/${name}`, sharedData));
	if (!urls.every((url) => existsSync(url))) return null;
	return urls.map((url, i) => ({ name: names[i] ?? '', blob: new Blob([readFileSync(url)]) }));
}
