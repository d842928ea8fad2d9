import { describe, expect, it } from 'vitest';
import { buildOrder, type ModelFiles } from '../../../src/engine/graph.ts';
import { ThroughlineError } from '../../../src/lib/errors.ts';
import type { Rule, StagingModel } from '../../../src/pack/types.ts';

const model = (rules: Rule[]): StagingModel => ({ grain: 'one', source: 'x', key: ['id'], rules });
const order = (files: ModelFiles, staging: Record<string, StagingModel> = {}) => buildOrder({ staging }, files).map((node) => node.name);
const thrown = (work: () => unknown): ThroughlineError => {
	try {
		work();
	} catch (error) {
		if (error instanceof ThroughlineError) return error;
	}
	throw new Error('no ThroughlineError was thrown');
};

describe('the order of models', () => {
	it('puts a model after all that it refers to, whatever the names are', () => {
		expect(order({ 'marts/a': "select * from {{ ref('b') }}", 'intermediate/b': "from {{ ref('z') }}", 'staging/z': "from {{ source('p', 'z') }}" })).toEqual(['z', 'b', 'a']);
	});

	it('does not depend on the order in which the files are listed', () => {
		const files = { 'staging/s': '', 'marts/m': "{{ ref('i') }}", 'intermediate/i': "{{ ref('s') }}", 'staging/r': '' };
		expect(order(Object.fromEntries(Object.entries(files).reverse()))).toEqual(order(files));
	});

	it('puts a staging model after those that its rules point at, by reference or in a condition', () => {
		const reference: Rule = { name: 'r', severity: 'error', says: '', kind: 'reference', column: 'b', to: 'b', key: 'b' };
		const condition: Rule = { name: 'c', severity: 'warning', says: '', kind: 'condition', violated: "exists (from {{ ref('c') }})" };
		const files = { 'staging/a': '', 'staging/b': '', 'staging/c': '' };
		expect(order(files, { a: model([reference]), b: model([condition]) })).toEqual(['c', 'b', 'a']);
	});

	it('lets a rule look at its own model', () => {
		const own: Rule = { name: 'c', severity: 'warning', says: '', kind: 'condition', violated: "id in (select id from {{ ref('a') }})" };
		expect(order({ 'staging/a': '' }, { a: model([own]) })).toEqual(['a']);
	});

	it('names a circle from its start to its start', () => {
		const error = thrown(() => order({ 'marts/x': "{{ ref('a') }}", 'marts/a': "{{ ref('b') }}", 'marts/b': "{{ ref('a') }}" }));
		expect(error.code).toBe('model.cycle');
		expect(error.detail.path).toBe('a → b → a');
	});

	it('names the model and the ref that no model is called', () => {
		const error = thrown(() => order({ 'marts/a': "{{ ref('nowhere') }}" }));
		expect([error.code, error.detail]).toEqual(['model.unknown-ref', { model: 'a', ref: 'nowhere' }]);
	});
});
