import type { Rule, Severity, StagingModel } from '../pack/types.ts';
import type { Duck } from './duckdb.ts';

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

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
function violation(rule: Rule, model: StagingModel, render: (sql: string) => string): string {
	switch (rule.kind) {
		case 'condition':
			return `(${render(rule.violated)})`;
		case 'reference':
			return `(this.${quoted(rule.column)} is not null and not exists (select 1 from staging.${quoted(rule.to)} as parent where parent.${quoted(rule.key)} = this.${quoted(rule.column)}))`;
		case 'filled':
			return `(this.${quoted(rule.column)} is null)`;
		case 'range': {
			const column = `this.${quoted(rule.column)}`;
			const sides = [rule.min === undefined ? null : `${column} < ${String(rule.min)}`, rule.max === undefined ? null : `${column} > ${String(rule.max)}`];
			return `(${sides.filter(Boolean).join(' or ')})`;
		}
		case 'order':
			return `(this.${quoted(rule.later)} < this.${quoted(rule.earlier)})`;
		case 'parses':
			return `exists (select 1 from raw.${quoted(model.source)} as r where r._row = this.source_row and (${Object.entries(rule.columns)
				.map(([staged, raw]) => `(this.${quoted(staged)} is null and trim(r.${quoted(raw)}) <> '')`)
				.join(' or ')}))`;
	}
}

/** Staging is 1:1 with raw, so a lost value shows as fewer non-nulls; only then is the join worth its time. */
function anythingLost(duck: Duck, name: string, model: StagingModel, columns: Readonly<Record<string, string>>): boolean {
	const staged = Object.keys(columns).map((column, i) => `count(${quoted(column)}) as s${String(i)}`);
	const raw = Object.values(columns).map((column, i) => `count(nullif(trim(${quoted(column)}), '')) as r${String(i)}`);
	const row = duck.rows(`select * from (select ${staged.join(', ')} from staging.${quoted(name)}), (select ${raw.join(', ')} from raw.${quoted(model.source)})`)[0] ?? {};
	return staged.some((_, i) => row[`s${String(i)}`] !== row[`r${String(i)}`]);
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
	condition: string;
}

/** A reference is two checks: a row whose parent was set aside is named as that, not as pointing at nothing. */
function checks(rules: readonly Rule[], model: StagingModel, render: (sql: string) => string): Check[] {
	return rules.flatMap((rule) => {
		const condition = violation(rule, model, render);
		const own = { rule: rule.name, severity: rule.severity, says: rule.says, condition };
		if (rule.kind !== 'reference') return [own];
		const parentSetAside = `exists (select 1 from quarantine.${quoted(rule.to)} as q where q.${quoted(rule.key)} = this.${quoted(rule.column)})`;
		return [
			{ ...own, condition: `(${condition} and not ${parentSetAside})` },
			{ rule: `${belongsToQuarantined}_${rule.to}`, severity: rule.severity, says: `Belongs to a row of ${rule.to} that was set aside.`, condition: `(${condition} and ${parentSetAside})` },
		];
	});
}

/**
 * Runs a staging model's rules over all its rows, then moves the rows that break an error rule to `quarantine.<model>`
 * with the name of the first rule they break. Counts are taken before anything moves, so they do not depend on order.
 */
export function applyRules(duck: Duck, name: string, model: StagingModel, render: (sql: string) => string): Checked {
	const table = `staging.${quoted(name)}`;
	const { copies, conflicting } = sortOutKeys(duck, name, model);
	const clean = model.rules.filter((rule) => rule.kind === 'parses' && !anythingLost(duck, name, model, rule.columns));
	const all = checks(model.rules.filter((rule) => !clean.includes(rule)), model, render);
	const counted = all.map((check, i) => `count(*) filter (where ${check.condition}) as c${String(i)}`);
	const row = counted.length > 0 ? (duck.rows(`select ${counted.join(', ')} from ${table} as this`)[0] ?? {}) : {};
	const counts = all.map((check, i) => ({ rule: check.rule, severity: check.severity, says: check.says, count: Number(row[`c${String(i)}`] ?? 0), condition: check.condition }));
	const broken = counts.filter((check) => check.severity === 'error' && check.count > 0);

	duck.run(`create or replace table quarantine.${quoted(name)} as select this.*, ''::varchar as rule from ${table} as this limit 0`);
	let quarantined = 0;
	if (broken.length > 0 || conflicting > 0) {
		const conflict = conflicting > 0 ? `when this.rowid in (select id from repeated_verdict where differs) then '${conflictingKey}'` : '';
		duck.run(`create or replace temp table set_aside as
			select * from (select this.rowid as id, case ${conflict} ${broken.map((check) => `when ${check.condition} then '${check.rule}'`).join(' ')} end as rule from ${table} as this) where rule is not null`);
		duck.run(`insert into quarantine.${quoted(name)} select this.*, s.rule from ${table} as this join set_aside as s on s.id = this.rowid order by this.source_row`);
		duck.run(`delete from ${table} where rowid in (select id from set_aside)`);
		quarantined = Number(duck.rows('select count(*) as n from set_aside')[0]?.n ?? 0);
	}
	const results = [
		{ rule: conflictingKey, severity: 'error' as const, says: `Rows share the key ${model.key.join(', ')} and differ; all of them are set aside.`, count: conflicting },
		{ rule: 'identical_copy', severity: 'warning' as const, says: 'The same row again, word for word; one copy is kept.', count: copies },
		...counts.map(({ rule, severity, says, count }) => ({ rule, severity, says, count })),
		...clean.map(({ name: rule, severity, says }) => ({ rule, severity, says, count: 0 })),
	];
	return { results, copies, quarantined };
}
