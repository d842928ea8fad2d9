import { describe, expect, test } from 'vitest';
import type { ErrorCode } from '../../../src/lib/errors.ts';
import { ThroughlineError } from '../../../src/lib/errors.ts';
import { compile } from '../../../src/metrics/compile.ts';
import { applicable, relationOf, within } from '../../../src/metrics/relation.ts';
import type { Context } from '../../../src/metrics/request.ts';
import { packNamed } from '../../support/engine.ts';

const pack = packNamed('advocacy');
const context: Context = { pack, filters: {}, range: {}, asOf: '2026-01-31T12:00:00', earliest: '2025-01-01T00:00:00' };

function codeOf(work: () => unknown): ErrorCode | 'nothing' {
	try {
		work();
		return 'nothing';
	} catch (error) {
		return error instanceof ThroughlineError ? error.code : 'unexpected';
	}
}

describe('a request that cannot be answered says why, by code', () => {
	test.each([
		['an unknown measure', () => compile(context, { measure: 'happiness' }), 'measure.unknown'],
		['a dimension that does not exist', () => compile(context, { measure: 'cases_opened', by: ['colour'] }), 'measure.dimension'],
		['a dimension that the measure’s mart lacks', () => compile(context, { measure: 'utilisation', by: ['case_type'] }), 'measure.dimension'],
		['a trend of a measure without time', () => compile(context, { measure: 'utilisation', grain: 'week' }), 'measure.no-time'],
		['a day that does not exist', () => compile({ ...context, range: { from: '2026-02-30' } }, { measure: 'cases_opened' }), 'request.invalid'],
		['a day that is no day', () => compile(context, { measure: 'cases_opened', range: { to: "2026-01-01' or true --" } }), 'request.invalid'],
		['an unknown mart', () => applicable(pack, 'mart_of_nothing', {}), 'request.invalid'],
	] as const)('%s', (_, work, code) => expect(codeOf(work)).toBe(code));

	test('the message names the culprit', () => {
		expect(() => compile(context, { measure: 'happiness' })).toThrow(/happiness/);
		expect(() => compile(context, { measure: 'cases_opened', by: ['colour'] })).toThrow(/cases_opened .*colour/);
	});
});

describe('filters', () => {
	test('on dimensions that a mart lacks are reported and not applied', () => {
		const filters = { case_type: ['claim_denial'], team: ['intake'], urgency: [] };
		expect(applicable(pack, 'mart_advocate_caseload', filters)).toEqual({ used: ['team'], ignored: ['case_type'] });
		expect(applicable(pack, 'fct_case_lifecycle', filters)).toEqual({ used: ['case_type', 'team'], ignored: [] });
		expect(relationOf({ pack, filters }, 'mart_advocate_caseload').selection?.sql).not.toContain('case_type');
	});

	test('that are all empty select the mart itself', () => {
		expect(relationOf({ pack, filters: { team: [] } }, 'fct_case_lifecycle')).toEqual({ name: 'marts."fct_case_lifecycle"', selection: null, mart: 'marts."fct_case_lifecycle"', conditions: [] });
	});

	test('give the same selection in whatever order they were set', () => {
		const [one, other] = [{ team: ['intake'], urgency: ['high'] }, { urgency: ['high'], team: ['intake'] }].map((filters) => relationOf({ pack, filters }, 'fct_case_lifecycle'));
		expect(one).toEqual(other);
	});

	test('keep quotes inside their literal, and take the missing value as a value', () => {
		expect(relationOf({ pack, filters: { advocate: ["O'Neil", null] } }, 'fct_case_lifecycle').selection?.sql).toContain(`("advocate"::varchar in ('O''Neil') or "advocate" is null)`);
	});
});

describe('a range of days', () => {
	test('takes both of its days whole', () => {
		expect(within('created_at', { from: '2026-01-30', to: '2026-01-31' })).toBe(`"created_at" >= timestamp '2026-01-30 00:00:00' and "created_at" < timestamp '2026-02-01 00:00:00'`);
	});

	test('that is open on both sides is no condition', () => expect(within('created_at', {})).toBeNull());
});
