import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Duck } from '../../../src/engine/duckdb.ts';
import { bootInNode } from '../../../src/engine/duckdb-node.ts';
import { applyRules } from '../../../src/engine/rules.ts';
import type { Rule, StagingModel } from '../../../src/pack/types.ts';

let duck: Duck;

beforeAll(async () => {
	duck = await bootInNode();
});

beforeEach(() => {
	for (const schema of ['raw', 'staging', 'quarantine']) {
		duck.run(`drop schema if exists ${schema} cascade`);
		duck.run(`create schema ${schema}`);
	}
});

const error = { severity: 'error', says: '' } as const;
const warning = { severity: 'warning', says: '' } as const;
const model = (rules: Rule[]): StagingModel => ({ grain: 'one thing', source: 'things', key: ['id'], rules });

/** Rows of staging.things (id, a, b, parent_id as given) under these rules: what came of them. */
function check(rows: string, rules: Rule[]) {
	duck.run(`create table raw.things as select col0::integer as _row, col1::varchar as id, col2::varchar as a, col3::varchar as b, col4::varchar as parent_id from (values ${rows})`);
	duck.run('create table staging.things as select _row as source_row, id, try_cast(a as integer) as a, try_cast(b as integer) as b, parent_id from raw.things');
	const staged = Number(duck.rows('select count(*) as n from staging.things')[0]?.n);
	const result = applyRules(duck, 'things', model(rules), (sql) => sql);
	const kept = duck.rows('select source_row from staging.things order by 1').map((row) => row.source_row);
	const set = duck.rows('select source_row, rule from quarantine.things order by 1').map((row) => `${String(row.source_row)} ${String(row.rule)}`);
	expect(kept.length + result.quarantined + result.copies).toBe(staged);
	expect(set.length).toBe(result.quarantined);
	return { kept, set, copies: result.copies, counts: Object.fromEntries(result.results.map((one) => [one.rule, one.count])) };
}

describe('keys', () => {
	it('identical copies collapse to their first row and are counted', () => {
		const { kept, set, copies, counts } = check("(1,'x',1,1,null),(2,'x',1,1,null),(3,'x',1,1,null),(4,'y',1,1,null)", []);
		expect([kept, set, copies, counts.identical_copy]).toEqual([[1, 4], [], 2, 2]);
	});

	it('rows that share a key and differ are all set aside', () => {
		const { kept, set, counts } = check("(1,'x',1,1,null),(2,'x',2,1,null),(3,'x',1,1,null),(4,'y',1,1,null)", []);
		expect(kept).toEqual([4]);
		expect(set).toEqual(['1 conflicting_key', '2 conflicting_key', '3 conflicting_key']);
		expect(counts.conflicting_key).toBe(3);
	});

	it('rows without a key are not taken for copies of one another when they differ', () => {
		const { kept, set } = check("(1,null,1,1,null),(2,null,2,1,null),(3,'y',1,1,null)", [{ ...error, name: 'no_id', kind: 'filled', column: 'id' }]);
		expect(kept).toEqual([3]);
		expect(set.length).toBe(2);
	});

	it('a conflict of keys is named before any other rule', () => {
		const { set } = check("(1,'x',9,1,null),(2,'x',2,1,null)", [{ ...error, name: 'too_big', kind: 'range', column: 'a', max: 5 }]);
		expect(set).toEqual(['1 conflicting_key', '2 conflicting_key']);
	});
});

describe('rules', () => {
	it('a condition that is null does not break', () => {
		expect(check("(1,'x',null,1,null),(2,'y',9,1,null)", [{ ...error, name: 'big', kind: 'condition', violated: 'this.a > 5' }]).set).toEqual(['2 big']);
	});

	it('filled finds nulls, range finds what is outside, order finds what is earlier than its predecessor', () => {
		const rules: Rule[] = [
			{ ...error, name: 'empty', kind: 'filled', column: 'b' },
			{ ...error, name: 'outside', kind: 'range', column: 'a', min: 1, max: 5 },
			{ ...error, name: 'backwards', kind: 'order', earlier: 'a', later: 'b' },
		];
		const { kept, set } = check("(1,'p',1,5,null),(2,'q',1,null,null),(3,'r',0,3,null),(4,'s',6,7,null),(5,'t',5,4,null),(6,'u',null,2,null)", rules);
		expect(kept).toEqual([1, 6]);
		expect(set).toEqual(['2 empty', '3 outside', '4 outside', '5 backwards']);
	});

	it('a range with one side is open on the other', () => {
		expect(check("(1,'p',-9,0,null),(2,'q',9,0,null)", [{ ...error, name: 'low', kind: 'range', column: 'a', min: 0 }]).set).toEqual(['1 low']);
	});

	it('parses finds text that staging lost, and not empty cells', () => {
		const rules: Rule[] = [{ ...error, name: 'lost', kind: 'parses', columns: { a: 'a', b: 'b' } }];
		const { set } = check("(1,'p','1','2',null),(2,'q','abc','2',null),(3,'r','','  ',null),(4,'s',null,'1x',null)", rules);
		expect(set).toEqual(['2 lost', '4 lost']);
	});

	it('what cannot be read is unreadable, and not also missing', () => {
		const rules: Rule[] = [
			{ ...error, name: 'unreadable', kind: 'parses', columns: { a: 'a' } },
			{ ...error, name: 'missing', kind: 'filled', column: 'a' },
		];
		const { set, counts } = check("(1,'x','soon','1',null),(2,'y',null,'1',null),(3,'z','1','1',null)", rules);
		expect(set).toEqual(['1 unreadable', '2 missing']);
		expect([counts.unreadable, counts.missing]).toEqual([1, 1]);
	});

	it('a reference tells a parent that was set aside from one that never was', () => {
		duck.run("create table staging.parents as select 'good' as id");
		duck.run("create table quarantine.parents as select 'bad' as id");
		const rules: Rule[] = [{ ...error, name: 'unknown_parent', kind: 'reference', column: 'parent_id', to: 'parents', key: 'id' }];
		const { kept, set, counts } = check("(1,'p',1,1,'good'),(2,'q',1,1,'bad'),(3,'r',1,1,'never'),(4,'s',1,1,null)", rules);
		expect(kept).toEqual([1, 4]);
		expect(set).toEqual(['2 belongs_to_quarantined_parents', '3 unknown_parent']);
		expect(counts).toMatchObject({ unknown_parent: 1, belongs_to_quarantined_parents: 1 });
	});

	it('a null among the keys of the parents hides no missing parent', () => {
		duck.run('create table staging.parents as select null::varchar as id');
		duck.run('create table quarantine.parents as select null::varchar as id');
		const { set } = check("(1,'p',1,1,'never')", [{ ...error, name: 'unknown_parent', kind: 'reference', column: 'parent_id', to: 'parents', key: 'id' }]);
		expect(set).toEqual(['1 unknown_parent']);
	});

	it('a warning counts, over all rows, those set aside included, and moves nothing', () => {
		const rules: Rule[] = [
			{ ...error, name: 'outside', kind: 'range', column: 'a', max: 5 },
			{ ...warning, name: 'even', kind: 'condition', violated: 'this.a % 2 = 0' },
		];
		const { kept, counts } = check("(1,'p',2,1,null),(2,'q',6,1,null),(3,'r',3,1,null)", rules);
		expect(kept).toEqual([1, 3]);
		expect(counts).toMatchObject({ outside: 1, even: 2 });
	});

	it('a row that breaks several rules is counted for each and set aside once, under the first', () => {
		const rules: Rule[] = [
			{ ...error, name: 'first', kind: 'filled', column: 'b' },
			{ ...error, name: 'second', kind: 'range', column: 'a', max: 5 },
		];
		const { set, counts } = check("(1,'p',9,null,null)", rules);
		expect(set).toEqual(['1 first']);
		expect(counts).toMatchObject({ first: 1, second: 1 });
	});

	it('a table that loses no row still has its quarantine, with the columns of its model and the rule', () => {
		check("(1,'p',1,1,null)", []);
		expect(duck.rows('select column_name from (describe quarantine.things)').map((row) => row.column_name)).toEqual(['source_row', 'id', 'a', 'b', 'parent_id', 'rule']);
	});

	it('leaves no scratch table behind', () => {
		check("(1,'x',1,1,null),(2,'x',2,1,null)", []);
		expect(duck.rows('select table_name from duckdb_tables() where temporary')).toEqual([]);
	});
});
