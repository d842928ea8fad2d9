import { quoted } from '../lib/sql-text.ts';
import type { Rule, Severity, StagingModel } from '../pack/types.ts';
import type { Duck } from './duckdb.ts';


export interface Checked {
	results: { rule: string; severity: Severity; says: string; count: number }[];
	/** Identical copies that were dropped, all but one of each. */
	copies: number;
	quarantined: number;
}

export const conflictingKey = 'conflicting_key';
export const belongsToQuarantined = 'belongs_to_quarantined';

const list = (columns: readonly string[], alias = 'this'): string => columns.map((column) => `${alias}.${quoted(column)}`).join(', ');

/** A rule as a SQL condition over `this`, true where the row breaks it. Null means not broken. */
function violation(name: string, rule: Rule, model: StagingModel, render: (sql: string) => string): string {
	switch (rule.kind) {
		case 'condition':
			return render(rule.violated);
		case 'reference':
			return `this.${quoted(rule.column)} is not null and this.${quoted(rule.column)} not in (select ${quoted(rule.key)} from staging.${quoted(rule.to)} where ${quoted(rule.key)} is not null)`;
		case 'filled': {
			const raw = rawColumnOf(model, rule.column);
			const empty = `this.${quoted(rule.column)} is null`;
			return raw === undefined ? empty : `${empty} and this.source_row not in (${lostCells(name, model, { [rule.column]: raw })})`;
		}
		case 'range': {
			const column = `this.${quoted(rule.column)}`;
			const sides = [rule.min === undefined ? null : `${column} < ${String(rule.min)}`, rule.max === undefined ? null : `${column} > ${String(rule.max)}`];
			return sides.filter((side) => side !== null).join(' or ') || 'false';
		}
		case 'order':
			return `this.${quoted(rule.later)} < this.${quoted(rule.earlier)}`;
		case 'parses':
			return `this.source_row in (${lostCells(name, model, rule.columns)})`;
	}
}

/** The raw column behind a staging column that can be unreadable: what cannot be read is not missing. */
function rawColumnOf(model: StagingModel, column: string): string | undefined {
	return model.rules.flatMap((rule) => (rule.kind === 'parses' ? [rule.columns[column]] : [])).find((raw) => raw !== undefined);
}

/** Rows whose raw cell has text where staging has none. `case` keeps DuckDB from trimming all of raw before the join with the few rows that have a null. */
function lostCells(name: string, model: StagingModel, columns: Readonly<Record<string, string>>): string {
	const entries = Object.entries(columns);
	const isNull = entries.map(([staged]) => `${quoted(staged)} is null`).join(' or ');
	const isLost = entries.map(([staged, raw]) => `case when s.${quoted(staged)} is null then trim(r.${quoted(raw)}) <> '' else false end`).join(' or ');
	return `select s.source_row from (select * from staging.${quoted(name)} where ${isNull}) as s inner join raw.${quoted(model.source)} as r on r._row = s.source_row where ${isLost}`;
}

/** Identical copies of a key collapse to their first row; keys whose rows differ are returned as row ids to quarantine. */
function sortOutKeys(duck: Duck, name: string, model: StagingModel): { copies: number; conflicting: number } {
	const table = `staging.${quoted(name)}`;
	const key = list(model.key);
	duck.run(`create or replace temp table repeated_keys as select ${key} from ${table} as this group by all having count(*) > 1`);
	const repeated = Number(duck.rows('select count(*) as n from repeated_keys')[0]?.n ?? 0);
	if (repeated === 0) return { copies: 0, conflicting: 0 };
	const columns = duck.rows(`select column_name from (describe ${table})`).map((row) => String(row.column_name)).filter((column) => column !== 'source_row');
	const same = model.key.map((column) => `this.${quoted(column)} is not distinct from k.${quoted(column)}`).join(' and ');
	duck.run(`create or replace temp table repeated_rows as
		select this.rowid as id, ${model.key.map((column) => `this.${quoted(column)} as k_${column}`).join(', ')}, hash(row(${list(columns)})) as content
		from ${table} as this join repeated_keys as k on ${same}`);
	const keys = model.key.map((column) => `k_${column}`).join(', ');
	duck.run(`create or replace temp table repeated_verdict as
		select id, id = min(id) over (partition by ${keys}) as is_first,
			min(content) over (partition by ${keys}) <> max(content) over (partition by ${keys}) as differs
		from repeated_rows`);
	const counts = duck.rows('select count(*) filter (where differs) as conflicting, count(*) filter (where not differs and not is_first) as copies from repeated_verdict')[0];
	duck.run(`delete from ${table} where rowid in (select id from repeated_verdict where not differs and not is_first)`);
	return { copies: Number(counts?.copies ?? 0), conflicting: Number(counts?.conflicting ?? 0) };
}

interface Check {
	rule: string;
	severity: Severity;
	says: string;
	/** Its column in `broken_rows`. */
	flag: string;
}

/**
 * Marks, for each row that breaks a rule, which ones, in one scan. A reference is two checks: a row whose parent was set
 * aside is named as that, not as pointing at nothing.
 */
function findBroken(duck: Duck, name: string, model: StagingModel, render: (sql: string) => string): Check[] {
	const flags = model.rules.map((rule, i) => `(${violation(name, rule, model, render)}) as broken_${String(i)}`);
	const references = model.rules.flatMap((rule, i) => (rule.kind === 'reference' ? [{ rule, i: String(i) }] : []));
	const pointers = references.map(({ rule, i }) => `this.${quoted(rule.column)} as pointer_${i}`);
	const parents = references.flatMap(({ rule, i }) => {
		const setAside = `coalesce(pointer_${i} in (select ${quoted(rule.key)} from quarantine.${quoted(rule.to)}), false)`;
		return [`broken_${i} and not ${setAside} as unknown_${i}`, `broken_${i} and ${setAside} as orphan_${i}`];
	});
	const any = model.rules.map((_, i) => `broken_${String(i)}`).join(' or ') || 'false';
	duck.run(`create or replace temp table broken_rows as
		select ${['*', ...parents].join(', ')}
		from (select * from (select ${['this.rowid as id', ...flags, ...pointers].join(', ')} from staging.${quoted(name)} as this) where ${any})`);
	return model.rules.flatMap((rule, i): Check[] => {
		const own = { rule: rule.name, severity: rule.severity, says: rule.says };
		if (rule.kind !== 'reference') return [{ ...own, flag: `broken_${String(i)}` }];
		return [
			{ ...own, flag: `unknown_${String(i)}` },
			{ rule: `${belongsToQuarantined}_${rule.to}`, severity: rule.severity, says: `Belongs to a row of ${rule.to} that was set aside.`, flag: `orphan_${String(i)}` },
		];
	});
}

/** Moves the given rows, each with the first error rule that it breaks, and returns how many they are. */
function moveToQuarantine(duck: Duck, name: string, errors: readonly Check[], conflicting: boolean): number {
	const table = `staging.${quoted(name)}`;
	duck.run(`create or replace table quarantine.${quoted(name)} as select this.*, ''::varchar as rule from ${table} as this limit 0`);
	if (errors.length === 0 && !conflicting) return 0;
	const cases = errors.map((check) => `when ${check.flag} then '${check.rule}'`).join(' ');
	const parts = [
		conflicting ? `select id, '${conflictingKey}' as rule from repeated_verdict where differs` : null,
		errors.length > 0 ? `select id, case ${cases} end as rule from broken_rows where (${errors.map((check) => check.flag).join(' or ')}) ${conflicting ? 'and id not in (select id from repeated_verdict where differs)' : ''}` : null,
	];
	duck.run(`create or replace temp table set_aside as ${parts.filter((part) => part !== null).join(' union all ')}`);
	duck.run(`insert into quarantine.${quoted(name)} select this.*, s.rule from ${table} as this join set_aside as s on s.id = this.rowid order by this.source_row`);
	duck.run(`delete from ${table} where rowid in (select id from set_aside)`);
	return Number(duck.rows('select count(*) as n from set_aside')[0]?.n ?? 0);
}

/**
 * Runs a staging model's rules over all its rows, then moves the rows that break an error rule to `quarantine.<model>`
 * with the name of the first rule they break. Counts are taken before anything moves, so they do not depend on order.
 */
export function applyRules(duck: Duck, name: string, model: StagingModel, render: (sql: string) => string): Checked {
	const { copies, conflicting } = sortOutKeys(duck, name, model);
	const checks = findBroken(duck, name, model, render);
	const counted = checks.map((check, i) => `count(*) filter (where ${check.flag}) as c${String(i)}`);
	const row = duck.rows(`select ${['count(*) as n', ...counted].join(', ')} from broken_rows`)[0] ?? {};
	const counts = checks.map((check, i) => ({ ...check, count: Number(row[`c${String(i)}`] ?? 0) }));
	const quarantined = moveToQuarantine(duck, name, counts.filter((check) => check.severity === 'error' && check.count > 0), conflicting > 0);
	for (const scratch of ['repeated_keys', 'repeated_rows', 'repeated_verdict', 'broken_rows', 'set_aside']) duck.run(`drop table if exists temp.${scratch}`);
	const results = [
		{ rule: conflictingKey, severity: 'error' as const, says: `Rows share the key ${model.key.join(', ')} and differ; all of them are set aside.`, count: conflicting },
		{ rule: 'identical_copy', severity: 'warning' as const, says: 'The same row again, word for word; one copy is kept.', count: copies },
		...counts.map(({ rule, severity, says, count }) => ({ rule, severity, says, count })),
	];
	return { results, copies, quarantined };
}
