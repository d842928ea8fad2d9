import fc from 'fast-check';
import seedrandom from 'seedrandom';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Dataset, EngineApi } from '../../src/engine/api.ts';
import { decode } from '../../src/engine/duckdb.ts';
import type { Remote } from '../../src/lib/rpc.ts';
import { compile } from '../../src/metrics/compile.ts';
import { faultIn } from '../../src/metrics/expression-text.ts';
import { aggregateOf, usable } from '../../src/metrics/expressions.ts';
import { finish } from '../../src/metrics/finish.ts';
import type { MeasureRow } from '../../src/metrics/request.ts';
import type { Measure, Pack } from '../../src/pack/types.ts';
import type { OwnMeasure } from '../../src/state/location.ts';
import { tryOwn } from '../../src/state/own-check.ts';
import { ownMeasures } from '../../src/state/own-measures.ts';
import { contextOf, measure, nodeEngine, openDemo, packNamed } from '../support/engine.ts';
import { replayable } from '../support/property.ts';
import { days, filters } from '../support/slicer-states.ts';

const pack = packNamed('advocacy');
const own = (mart: string, expr: string): OwnMeasure => ({ label: 'Made here', mart, expr, format: 'decimal', better: 'neither' });
const withOwn = (made: OwnMeasure): Pack => ({ ...pack, measures: { ...pack.measures, ...ownMeasures(pack, { own_one: made }) } });

let engine: EngineApi;
let dataset: Dataset;

beforeAll(async () => {
	engine = nodeEngine();
	({ dataset } = await openDemo(engine, 'advocacy', { seed: 15, size: 'small', scenario: 'planted' }));
});

describe('an expression of the reader’s own', () => {
	const named = Object.keys(pack.marts).flatMap((mart) => usable(pack, mart));

	test('may name every measure that is an aggregate', () => {
		const aggregates = Object.entries(pack.measures).filter(([, { kind }]) => kind !== 'survival').map(([id]) => id);
		expect([...named].sort()).toEqual(aggregates.sort());
	});

	test('an expression that says what a measure says gives its value, for every measure that expressions may name, under random slicers and dates, alone and by a random dimension', async () => {
		const values = (rows: readonly MeasureRow[]): Map<string, number | null> => new Map(rows.map((row) => [JSON.stringify(row.keys), row.value]));
		let compared = 0;
		const same = async (id: string, state: { filters: Record<string, (string | null)[]>; range: object; pick: number }): Promise<void> => {
			const declared = pack.measures[id] as Measure;
			const dimensions = pack.marts[declared.mart]?.dimensions ?? [];
			for (const by of [[], dimensions.slice(state.pick % dimensions.length).slice(0, 1)]) {
				const expected = values(await measure(engine, contextOf(pack, dataset, state.filters, state.range), { measure: id, by }));
				for (const expr of [`{${id}}`, aggregateOf(declared) ?? '']) {
					const found = values(await measure(engine, contextOf(withOwn(own(declared.mart, expr)), dataset, state.filters, state.range), { measure: 'own_one', by }));
					for (const [key, value] of found) {
						const wanted = expected.get(key) ?? null;
						// A count or sum of no rows is 0, and a stock of rows that all ended leaves no group; the expression says 0 or nothing.
						if (value === null || wanted === null) expect(value ?? 0, `${id} ${key}`).toBe(wanted ?? 0);
						else expect(Math.abs(value - wanted), `${id} ${key}: ${String(value)} instead of ${String(wanted)}`).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(wanted)));
						compared++;
					}
					for (const [key, wanted] of expected) if (wanted !== null && wanted !== 0) expect(found.has(key), `${id} has ${key}`).toBe(true);
				}
			}
		};
		await fc.assert(
			fc.asyncProperty(fc.record({ filters: filters(dataset, ['case_type', 'urgency', 'team', 'state', 'missing_docs']), range: days(dataset), pick: fc.nat(1000) }), async (state) => {
				for (const id of named) await same(id, state);
			}),
			replayable(6),
		);
		expect(compared).toBeGreaterThan(named.length * 6);
	});

	test('may compute with measures and columns at once', async () => {
		const context = contextOf(withOwn(own('fct_case_lifecycle', '{cases_resolved} / {cases_opened} + 0 * avg(interaction_count)')), dataset);
		const [made] = await measure(engine, context, { measure: 'own_one' });
		const [resolved, opened] = await Promise.all(['cases_resolved', 'cases_opened'].map(async (id) => (await measure(engine, context, { measure: id }))[0]?.value ?? NaN));
		expect(made?.value).toBeCloseTo((resolved ?? NaN) / (opened ?? NaN), 12);
		expect(made?.n).toBe(opened);
	});
});

describe('the jackknife interval', () => {
	test('of a mean agrees with Student’s t: over four data sets the widths agree within 6 % on average, and each within three standard errors of a spread over twenty parts', async () => {
		const expressions = { csat_mean: 'avg(csat_score)', interactions_per_case: 'avg(interaction_count)', handoffs_per_case: 'avg(handoff_count)' };
		const ratios: number[] = [];
		const compared = nodeEngine();
		for (const seed of [15, 16, 17, 18]) {
			const { dataset } = await openDemo(compared, 'advocacy', { seed, size: 'small', scenario: 'planted' });
			for (const [id, expr] of Object.entries(expressions)) {
				for (const by of ['case_type', 'urgency', 'insurance_type', 'preferred_channel']) {
					const made = await measure(compared, contextOf(withOwn(own('fct_case_lifecycle', expr)), dataset), { measure: 'own_one', by: [by] });
					for (const row of await measure(compared, contextOf(pack, dataset), { measure: id, by: [by] })) {
						const other = made.find((each) => each.keys[0] === row.keys[0]);
						if (row.n < 200 || !other) continue;
						expect(other.value).toBeCloseTo(row.value ?? NaN, 10);
						ratios.push(((other.hi ?? NaN) - (other.lo ?? NaN)) / ((row.hi ?? NaN) - (row.lo ?? NaN)));
					}
				}
			}
		}
		expect(ratios.length).toBeGreaterThan(100);
		// t with 19 degrees of freedom is 2.093 where t with hundreds is 1.96; a standard deviation of 20 values is 1.3 % short on average, and 16 % off by chance.
		const expected = (2.093 / 1.96) * 0.987;
		expect(Math.abs(ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length / expected - 1)).toBeLessThan(0.06);
		for (const ratio of ratios) expect(Math.abs(ratio / expected - 1)).toBeLessThan(3 * 0.163);
	});

	const replications = 500;
	const rows = 200;

	/** Replications of independent rows: x exponential with mean 3, w 1 to 4, y = x·w plus noise, so that Σy/Σw is 3 on the whole. */
	function simulated(): string {
		const random = seedrandom('jackknife', {});
		const exponential = (mean: number): number => -mean * Math.log(1 - random());
		const values: string[] = [];
		for (let r = 0; r < replications; r++) {
			for (let i = 0; i < rows; i++) {
				const [x, w] = [exponential(3), 1 + Math.floor(random() * 4)];
				values.push(`('${String(r)}',${x.toFixed(6)},${String(w)},${(w * exponential(3)).toFixed(6)})`);
			}
		}
		return `select row_number() over () as case_id, * from (values ${values.join(',')}) as simulated(case_type, x, w, y)`;
	}

	test('over simulated rows its interval covers the truth as often as it says, and is as wide as theory says', async () => {
		const simulation = simulated();
		const interval = async (expr: string): Promise<MeasureRow[]> => {
			const context = contextOf(withOwn(own('fct_case_lifecycle', expr)), dataset, { case_type: ['simulated'] });
			const compiled = compile(context, { measure: 'own_one', by: ['case_type'] });
			const { tables } = await engine.query({ selections: [{ name: compiled.relation.selection?.name ?? '', sql: simulation }], statements: [compiled.sql] });
			return finish(context.pack.measures['own_one'] as Measure, compiled, decode(tables[0] ?? new Uint8Array()));
		};
		// 95 % of 500: by chance between 92.1 and 97.9 (three standard errors); skewed rows cost about half a point.
		const covered = (found: readonly MeasureRow[]): number => found.filter(({ lo, hi }) => lo !== null && hi !== null && lo <= 3 && hi >= 3).length / replications;
		const halfOf = (found: readonly MeasureRow[]): number => found.reduce((sum, { lo, hi }) => sum + ((hi ?? NaN) - (lo ?? NaN)) / 2, 0) / found.length;
		const [means, quotients, counts] = [await interval('avg(x)'), await interval('sum(y) / sum(w)'), await interval('count(*)')];
		for (const found of [means, quotients]) {
			expect(found).toHaveLength(replications);
			expect(covered(found)).toBeGreaterThan(0.916);
			expect(covered(found)).toBeLessThan(0.979);
		}
		// t(19) = 2.093024, and E[s]/σ = 0.98693 for 20 values (c4 of the control-chart tables): a mean of 200 rows with standard deviation 3, and a count of 200 by Poisson.
		const factor = 2.093024 * 0.98693;
		expect(Math.abs(halfOf(means) / ((factor * 3) / Math.sqrt(rows)) - 1)).toBeLessThan(0.03);
		expect(Math.abs(halfOf(counts) / (factor * Math.sqrt(rows * 0.95)) - 1)).toBeLessThan(0.05);
	});
});

/** Texts that would leave the parentheses, read elsewhere, write, look at the clock, at chance or across rows, or that are no aggregate. */
const hostile: readonly string[] = [
	'count(*)) as value, (select 1',
	'count(*)); drop table marts.fct_case_lifecycle; select (1',
	'count(*); drop table marts.fct_case_lifecycle',
	'count(*) --',
	'count(*) /* */',
	'(select count(*) from raw.patients)',
	'count(*) + (from raw.cases select count(*))',
	'count(*) + (with a as (select 1) select 1)',
	'count(*) + (values (1))',
	'count(*) + (table raw.cases)',
	'count(*) + (desc raw.cases)',
	'count(*) + (show tables)',
	'max(case_id in (from raw.cases))',
	'count(exists (select 1))',
	"count(read_csv('x'))",
	"max(\"read_text\"('/etc/passwd'))",
	"count(*) + length(getenv('PATH'))",
	"max(current_setting('lock_configuration'))",
	"count(*) + nextval('s')",
	'sum(count(*)) over ()',
	'sum(age_days) over (order by case_id)',
	'row_number() over ()',
	'max(current_date)',
	'count(*) filter (where created_at < now())',
	'count(*) * random()',
	'count(*) + setseed(0.5)',
	"max(e'\\' || case_id || \\'')",
	"max(e'\\') from marts.fct_case_lifecycle; drop table marts.fct_case_lifecycle; --')",
	'max($$a$$)',
	'max($1)',
	'max(?)',
	"count(*) filter (where case_id = 'x)",
	'count(*) filter (where "case_id = 1)',
	'count((*)',
	'count(*]',
	'age_days',
	'42',
	'age_days + 1',
	"count(list_transform([1], x -> x))",
	'unnest([1, 2]) + count(*)',
	'count(*) {cases_opened',
	"{{ ref('fct_case_lifecycle') }}",
	"{{ source('a', 'cases') }} + count(*)",
	"count(*) + {{ var('nothing') }}",
	'{resolution_days}',
	'{utilisation}',
	`count(*) + ${'1 + '.repeat(1000)}1`,
	'count(*)\u0000',
	'',
];

describe('what may be a measure', () => {
	const remote = (): Remote<EngineApi> => engine as unknown as Remote<EngineApi>;

	test('hostile and non-aggregate expressions are refused, by the page and by what compiles links', async () => {
		const context = contextOf(pack, dataset);
		for (const expr of hostile) {
			const tried = await tryOwn(remote(), context, own('fct_case_lifecycle', expr));
			expect('says' in tried && tried.says.length > 5, `${expr} is refused`).toBe(true);
			expect(() => compile(contextOf(withOwn(own('fct_case_lifecycle', expr)), dataset), { measure: 'own_one' }), expr).toThrow();
		}
		const [still] = await measure(engine, context, { measure: 'cases_opened' });
		expect(still?.value).toBeGreaterThan(1000);
	});

	test('whatever is put together from pieces of SQL, what is admitted binds as one number or not at all, and changes nothing', async () => {
		const pieces = fc.constantFrom('count(*)', 'avg(age_days)', '(', ')', "'", '"', ';', '--', '/*', '*/', ' select 1', ' from raw.cases', 'age_days', '+', ',', ' as value', '{cases_opened}', "e'", '$$', ' over ()', ' filter (where is_active)', '\n', '::double', ' union select 1', "nextval('s')");
		const schema = "select count(*)::double as n from duckdb_columns()";
		const before = decode((await engine.sql(schema, 1)).table);
		let admitted = 0;
		await fc.assert(
			fc.asyncProperty(fc.array(pieces, { minLength: 1, maxLength: 7 }), async (some) => {
				const expr = some.join('');
				const context = contextOf(withOwn(own('fct_case_lifecycle', expr)), dataset);
				let sql: string;
				try {
					({ sql } = compile(context, { measure: 'own_one' }));
				} catch {
					return;
				}
				admitted++;
				expect(faultIn(expr.replaceAll('{cases_opened}', 'count(*)'))).toBeNull();
				try {
					const { tables } = await engine.query({ selections: [], statements: [sql] });
					const rows = decode(tables[0] ?? new Uint8Array());
					expect(Object.keys(rows[0] ?? {})).toEqual(['n', 'value', 'parts', 'spread']);
					expect(rows).toHaveLength(1);
				} catch (error) {
					expect(String(error)).toMatch(/Parser Error|Binder Error|Catalog Error|Conversion Error|Out of Range/);
				}
			}),
			replayable(600),
		);
		expect(admitted).toBeGreaterThan(20);
		expect(decode((await engine.sql(schema, 1)).table)).toEqual(before);
	});

	test.each([
		['avg(age_dayz)', 4, /age_dayz/],
		['sum(age_days) /\n  avg(foo)', 22, /foo/],
		['{cases_opened} + avg(foo)', 21, /foo/],
		["count(*) filter (where created_at < {{ var('as_of') }}) + sum(bar)", 62, /bar/],
		['sumx(age_days)', 0, /sumx.*Did you mean/s],
		['sum(age_days) / / count(*)', 16, /syntax error/],
		['sum(age_days', 3, /never closed/],
		['sum(age_days))', 13, /nothing is open/],
		['sum(age_days); drop table x', 13, /another statement/],
		['sum(lower(case_id))', 0, /No function matches/],
		[`count(*) + ${'1'.repeat(30)} + ${'2'.repeat(30)} + ${'3'.repeat(30)} + sum(foo)`, 114, /foo/],
	])('what is wrong with %s is said, and where', async (expr, at, says) => {
		const tried = await tryOwn(remote(), contextOf(pack, dataset), own('fct_case_lifecycle', expr));
		expect(tried).toEqual({ says: expect.stringMatching(says) as unknown, at });
	});

	test('what is right shows its value, n and interval under the filters in force, over every table', async () => {
		for (const mart of Object.keys(pack.marts)) {
			const tried = await tryOwn(remote(), contextOf(pack, dataset), own(mart, 'count(*)'));
			expect('row' in tried && (tried.row?.n ?? 0) > 0, mart).toBe(true);
		}
		const narrow = contextOf(pack, dataset, { case_type: ['claim_denial'] });
		const tried = await tryOwn(remote(), narrow, own('fct_case_lifecycle', 'avg(interaction_count)'));
		const [shown] = await measure(engine, narrow, { measure: 'interactions_per_case' });
		expect('row' in tried && tried.row?.value).toBeCloseTo(shown?.value ?? NaN, 10);
		expect('row' in tried && tried.row?.lo !== null && tried.row?.hi !== null).toBe(true);
	});
});
