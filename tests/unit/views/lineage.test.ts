import { beforeAll, describe, expect, it } from 'vitest';
import type { Dataset, ModelInfo } from '../../../src/engine/api.ts';
import { box, kinOf, laidOut, lineageOf, stepFrom, type Laid, type Lineage } from '../../../src/views/data/lineage.ts';
import { nodeEngine, openDemo } from '../../support/engine.ts';

const engine = nodeEngine();
let dataset: Dataset;
let models: ModelInfo[];
let lineage: Lineage;
let laid: Laid;

beforeAll(async () => {
	({ dataset } = await openDemo(engine, 'advocacy', { seed: 42, size: 'small', scenario: 'planted' }));
	models = await engine.models();
	lineage = lineageOf(models, dataset);
	laid = await laidOut(lineage);
});

const ids = (nodes: Iterable<string>): string[] => [...nodes].sort();

describe('the lineage', () => {
	it('has every raw table, every model with its rows and time, and what was set aside', () => {
		expect(lineage.nodes.filter(({ layer }) => layer === 'raw').map(({ name, rows }) => [name, rows])).toEqual(dataset.accounts.map(({ table, read }) => [table, read]));
		for (const { name, layer, rows, milliseconds } of dataset.timings) expect(lineage.nodes).toContainEqual({ id: `${layer}.${name}`, name, layer, rows, milliseconds });
		expect(lineage.nodes.filter(({ layer }) => layer === 'quarantine').reduce((sum, { rows }) => sum + rows, 0)).toBe(dataset.accounts.reduce((sum, { quarantined }) => sum + quarantined, 0));
	});

	it('joins only what is there, and what is set aside to the model it comes from', () => {
		const there = new Set(lineage.nodes.map(({ id }) => id));
		expect(lineage.edges.filter(({ from, to }) => !there.has(from) || !there.has(to))).toEqual([]);
		expect(lineage.edges).toContainEqual({ from: 'staging.stg_cases', to: 'quarantine.stg_cases' });
		expect(lineage.edges).toContainEqual({ from: 'raw.cases', to: 'staging.stg_cases' });
	});

	it('knows all before and all after a model, at any distance', () => {
		const { before, after } = kinOf(lineage, 'marts.fct_case_lifecycle');
		expect(ids(before)).toEqual(expect.arrayContaining(['raw.cases', 'staging.stg_cases', 'intermediate.int_case_timings']));
		expect(ids(after)).toContain('marts.mart_ops_kpis');
		expect(before.has('marts.fct_case_lifecycle')).toBe(false);
		expect([...before].filter((id) => after.has(id))).toEqual([]);
	});

	it('is drawn from left to right, raw tables in one column, boxes apart', () => {
		const at = new Map(laid.nodes.map((node) => [node.id, node]));
		for (const { from, to } of laid.edges) expect((at.get(from)?.x ?? 0) + box.width, `${from} → ${to}`).toBeLessThanOrEqual(at.get(to)?.x ?? 0);
		expect(new Set(laid.nodes.filter(({ layer }) => layer === 'raw').map(({ x }) => Math.round(x))).size).toBe(1);
		const crowded = laid.nodes.flatMap((a, i) => laid.nodes.slice(i + 1).filter((b) => Math.abs(a.x - b.x) < box.width && Math.abs(a.y - b.y) < box.height).map((b) => `${a.id} × ${b.id}`));
		expect(crowded).toEqual([]);
		for (const { x, y, id } of laid.nodes) expect(x - box.width / 2 >= 0 && x + box.width / 2 <= laid.width && y - box.height / 2 >= 0 && y + box.height / 2 <= laid.height, id).toBe(true);
	});

	it('lines are drawn and no number in them is none', () => {
		for (const { path } of laid.edges) expect(path).toMatch(/^M[\d.,]+(C[\d., ]+|H[\d.]+)+$/);
	});

	it('arrow keys follow the lines there and back, and reach every box', () => {
		expect(stepFrom(laid, 'raw.cases', 'ArrowRight')).toBe('staging.stg_cases');
		expect(stepFrom(laid, 'staging.stg_cases', 'ArrowLeft')).toBe('raw.cases');
		expect(stepFrom(laid, 'raw.cases', 'ArrowLeft')).toBeNull();
		expect(stepFrom(laid, 'raw.cases', 'x')).toBeNull();
		const reached = new Set([laid.nodes[0]?.id ?? '']);
		for (const id of reached) for (const key of ['ArrowRight', 'ArrowLeft', 'ArrowUp', 'ArrowDown']) reached.add(stepFrom(laid, id, key) ?? id);
		expect(ids(reached)).toEqual(ids(laid.nodes.map(({ id }) => id)));
	});
});
