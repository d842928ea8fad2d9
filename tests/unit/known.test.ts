import { describe, expect, test } from 'vitest';
import { knownOf } from '../../src/lib/known/expression.ts';
import { live, lost, opened, type Known } from '../../src/lib/known/known.ts';
import { relationOf, type Relation } from '../../src/lib/known/model.ts';
import { tokensOf } from '../../src/lib/known/tokens.ts';

const columns: Readonly<Record<string, Known>> = { a: lost('a'), b: lost('b'), here: live, there: live, born: opened };
const known = (sql: string, rows: Known = live): Known => knownOf(tokensOf(sql), { rows, isRelation: (name) => name === 't', column: (name) => columns[name] ?? null });

describe('what is known of an expression', () => {
	test.each([
		['a', ['a']],
		['t.a', ['a']],
		['"a"', ['a']],
		['try_cast(a as double)', ['a']],
		['a::integer + 1', ['a']],
		["nullif(lower(trim(a)), '')", ['a']],
		['here / nullif(a, 0)', ['a']],
		['coalesce(a, b)', ['a', 'b']],
		['coalesce(a, 0)', ['a']],
		['coalesce(here > nullif(a, 0) * 1.1, false)', ['a']],
		['epoch(a - born) / 3600.0', ['a']],
		["case when a then 'x' when not a then 'y' end", ['a']],
		['case when here then a end', ['a']],
		["case when a <= {{ var('as_of') }} then here end", ['a']],
		["epoch(case when coalesce(a <= {{ var('as_of') }}, false) then a else {{ var('as_of') }} end - born) > {{ var('sla_hours') }}", ['a']],
		['here and a is null', ['a']],
		['a or b', ['a', 'b']],
		['a between 1 and 2', ['a']],
		['here between a and 2', ['a']],
		["min(here) filter (where a = 'x')", ['a']],
		['max_by(a, (here, there))', ['a']],
		['lag(a) over (partition by here order by there)', ['a']],
		['lag(a) over some_window', ['a']],
		['greatest(a, born)', ['a']],
		['a is not null', ['a']],
	])('%s is lost without %j', (sql, lacks) => {
		expect(known(sql)).toMatchObject({ is: 'lost', lacks });
	});

	test.each([
		'here',
		'coalesce(a, here)',
		'coalesce(here, a)',
		'greatest(a, here)',
		'a or here',
		'here and coalesce(a <= there, true)',
		"case when here then 'x' when a then 'y' else 'z' end",
		'case when a then here else there end',
		'case when a is null then here end',
		'case when coalesce(a, true) then here end',
		'case when a is distinct from here then here end',
		'here is distinct from a',
		'lag(here) over (partition by a order by b)',
		'row_number() over (order by a)',
		'count(*)',
		'(select max(x) from elsewhere)',
		'exists (select a from elsewhere)',
		"here in ('a', 'b')",
	])('%s is not', (sql) => {
		expect(known(sql).is).toBe('live');
	});

	test('rows that are lost are not counted', () => {
		expect(known('count(*)::integer', lost('files'))).toMatchObject({ is: 'lost', lacks: ['files'] });
		expect(known('coalesce(count(*) - 1, 0)', lost('files'))).toMatchObject({ is: 'lost' });
	});

	test('nothing is lost of what comes from no data, or only says when a row began', () => {
		expect(known("'a'").is).toBe('fixed');
		expect(known("born + interval 3 day").is).toBe('opened');
	});

	test.each(['', '(', 'case', 'case when', 'a b c )', ')))', 'coalesce(', 'a.b.c.', '::', 'filter (', 'over', "'", '{{'])('%j ends', (sql) => {
		expect(() => known(sql)).not.toThrow();
	});
});

describe('what is known of a model', () => {
	const tables: Readonly<Record<string, Relation>> = {
		people: { rows: live, columns: new Map([['id', live], ['born', opened], ['gone', lost('people.gone')], ['kind', live]]) },
		visits: { rows: lost('visits'), columns: new Map([['id', lost('visits')], ['at', lost('visits')]]) },
	};
	const of = (sql: string): Record<string, string> => {
		const { rows, columns: found } = relationOf(sql, (_, name) => tables[name] ?? { rows: live, columns: null });
		return { '*': rows.is, ...Object.fromEntries([...(found ?? [])].map(([name, { is }]) => [name, is])) };
	};
	const people = "with people as (select * from {{ ref('people') }}), visits as (select * from {{ ref('visits') }})";

	test('columns go through import CTEs, joins and stars; a left join adds no rows of its own', () => {
		expect(of(`${people}, joined as (select people.*, visits.at as seen_at from people left join visits on people.id = visits.id) select * from joined`)).toEqual({ '*': 'live', id: 'live', born: 'opened', gone: 'lost', kind: 'live', seen_at: 'lost' });
	});

	test('an inner join with a table that is not there has no rows', () => {
		expect(of(`${people} select people.id, 'x' as said from people inner join visits on people.id = visits.id`)).toEqual({ '*': 'lost', id: 'live', said: 'lost' });
	});

	test('a union stands where one of its parts does, and a fixed word in one of them tells its rows apart', () => {
		expect(of(`${people} select born as at, 'born' as what from people union all select at, 'visit' as what from visits`)).toEqual({ '*': 'live', at: 'lost', what: 'live' });
	});

	test('a name in the same list may be used again, and columns may be left out of a star', () => {
		expect(of(`${people} select people.* exclude (kind, born), gone is not null as is_gone, is_gone and true as again from people`)).toEqual({ '*': 'live', id: 'live', gone: 'lost', is_gone: 'lost', again: 'lost' });
	});

	test('what is joined by a lost column has no rows that fit', () => {
		expect(of(`${people} select people.id, others.kind as other_kind from people left join people as others on people.gone = others.id`)).toEqual({ '*': 'live', id: 'live', other_kind: 'lost' });
		expect(of(`${people} select people.id from people inner join people as others on people.gone = others.id`)).toEqual({ '*': 'lost', id: 'live' });
		expect(of(`${people} select others.kind from people left join people as others on people.id = others.id and people.gone is null`)).toEqual({ '*': 'live', kind: 'live' });
	});

	test('a null in one part of a union adds nothing', () => {
		expect(of(`${people} select null::double as n from people union all select at from visits`)).toEqual({ '*': 'live', n: 'lost' });
	});

	test('counts of rows that are joined by a group follow the rows', () => {
		expect(of(`${people}, counted as (select id, count(*) as n from visits group by id) select people.id, coalesce(counted.n, 0) as n from people left join counted on people.id = counted.id`)).toEqual({ '*': 'live', id: 'live', n: 'lost' });
	});

	test.each(['from people', 'pivot people on kind', 'select * replace (1 as id) from people', 'select columns(*) from people', "select id from read_csv('x')", 'with broken as'])('what is not understood counts as there: %s', (sql) => {
		expect(Object.values(of(sql))).not.toContain('lost');
	});
});

