import { literal } from '../../lib/sql-text.ts';
import type { Dataset } from '../../engine/api.ts';
import { identifier } from '../../metrics/relation.ts';
import type { Pack, Rule, StagingModel } from '../../pack/types.ts';

/** What made a row break its rule: columns of the staging model, and where a cell could not be read, of the raw table. */
interface Culprit {
	column: string;
	/** The raw column whose text could not be read. */
	raw: string | null;
}

function culpritsOf(rule: Rule): Culprit[] {
	const staged = (...columns: string[]): Culprit[] => columns.map((column) => ({ column, raw: null }));
	switch (rule.kind) {
		case 'parses':
			return Object.entries(rule.columns).map(([column, raw]) => ({ column, raw }));
		case 'order':
			return staged(rule.earlier, rule.later);
		case 'reference':
		case 'filled':
		case 'range':
			return staged(rule.column);
		case 'condition':
			return staged(...new Set([...rule.violated.matchAll(/\bthis\.(\w+)/g)].flatMap(([, column]) => (column === undefined || column === 'source_row' ? [] : [column]))));
	}
}

/** Culprits by the names under which rows are set aside: the key that several rows share, a parent set aside, the model's rules. */
function culprits(model: StagingModel): [string, Culprit[]][] {
	return [
		['conflicting_key', model.key.map((column) => ({ column, raw: null }))],
		...model.rules.flatMap((rule): [string, Culprit[]][] => [
			...(rule.kind === 'reference' ? [[`belongs_to_quarantined_${rule.to}`, culpritsOf(rule)] as [string, Culprit[]]] : []),
			[rule.name, culpritsOf(rule)],
		]),
	];
}

/** "created_at = 2026-13-45": a column with what stands in it. Of cells that may be unreadable only those that are. */
function said({ column, raw }: Culprit): string {
	const name = identifier(raw ?? column);
	if (raw === null) return `${literal(`${column} = `)} || coalesce(q.${name}::varchar, 'nothing')`;
	return `case when q.${identifier(column)} is null and trim(r.${name}) <> '' then ${literal(`${raw} = `)} || r.${name} end`;
}

export interface SetAsideRequest {
	model: string;
	rule: string | null;
	limit: number | null;
}

/** The rows of a staging model that were set aside: row number in its file, what was found, reason, rule, file, then the row. */
export function setAsideStatement(pack: Pack, dataset: Dataset, { model, rule, limit }: SetAsideRequest): string {
	const declared = pack.staging[model];
	if (!declared) return 'select 1 limit 0';
	const file = dataset.accounts.find(({ table }) => table === declared.source)?.file ?? null;
	const reasons = dataset.quality.filter((each) => each.model === model && each.severity === 'error').map((each) => `when ${literal(each.rule)} then ${literal(each.says)}`);
	const found = culprits(declared).filter(([, all]) => all.length > 0).map(([name, all]) => `when ${literal(name)} then concat_ws(', ', ${all.map(said).join(', ')})`);
	const named = (branches: readonly string[]): string => (branches.length === 0 ? 'null::varchar' : `case q.rule ${branches.join(' ')} end`);
	return `select q.source_row as row, ${named(found)} as found, ${named(reasons)} as reason, q.rule, ${file === null ? '' : `${literal(file)} as file, `}q.* exclude (rule, source_row)
from quarantine.${identifier(model)} as q left join raw.${identifier(declared.source)} as r on r._row = q.source_row
${rule === null ? '' : `where q.rule = ${literal(rule)}\n`}order by q.source_row${limit === null ? '' : ` limit ${String(limit)}`}`;
}

/** Rows set aside by model and rule, each row once. */
export function setAsideCounts(models: readonly string[]): string {
	if (models.length === 0) return "select '' as model, '' as rule, 0 as rows limit 0";
	return models.map((model) => `select ${literal(model)} as model, rule, count(*)::integer as rows from quarantine.${identifier(model)} group by all`).join(' union all ');
}
