/** What the console offers while a statement is typed: pure text, so that the editor only shows it. */

export interface SchemaColumn {
	schema: string;
	table: string;
	column: string;
	type: string;
}

/** A measure of the pack as an aggregate over the rows of its mart. */
export interface Snippet {
	id: string;
	label: string;
	table: string;
	sql: string;
}

export interface Offer {
	label: string;
	kind: 'schema' | 'table' | 'column' | 'measure' | 'function' | 'keyword';
	detail: string;
	/** What is put in, where it is not the label. */
	insert?: string;
	/** The greater stands first. */
	weight: number;
}

export const columnsStatement = `select schema_name as schema, table_name as "table", column_name as "column", data_type as type
from duckdb_columns() where database_name = current_database() and not internal order by table_oid, column_index`;

const keywords = 'select from where group by order by having limit offset distinct as on using join left join inner join full join cross join asof join semi join anti join union all except intersect with recursive case when then else end and or not in is null is not null between like ilike exists filter over partition by window qualify pivot unpivot describe summarize show tables explain values exclude replace asc desc nulls last all true false interval cast try_cast';
const phrases = [...keywords.matchAll(/(?:group|order|partition) by|(?:left|inner|full|cross|asof|semi|anti) join|union all|is not null|is null|show tables|nulls last|\w+/g)].map(([phrase]) => phrase);
const functions = ['count', 'sum', 'avg', 'median', 'min', 'max', 'quantile_cont', 'stddev_samp', 'mode', 'count_if', 'bool_or', 'bool_and', 'string_agg', 'list', 'histogram', 'corr', 'regr_slope', 'arg_max', 'arg_min', 'any_value', 'coalesce', 'nullif', 'round', 'floor', 'abs', 'least', 'greatest', 'date_trunc', 'date_diff', 'date_part', 'strftime', 'strptime', 'epoch', 'lower', 'upper', 'trim', 'length', 'substr', 'split_part', 'regexp_matches', 'regexp_extract', 'row_number', 'rank', 'lag', 'lead', 'first_value', 'ntile'];

const plain = /^[a-z_][a-z0-9_]*$/;
const quoted = (name: string): string => (plain.test(name) ? name : `"${name.replaceAll('"', '""')}"`);
const bare = (name: string): string => name.replace(/^"|"$/g, '').replaceAll('""', '"').toLowerCase();
const shortType = (type: string): string => (type.startsWith('ENUM') ? 'text' : type.toLowerCase());
const inserted = (name: string): { label: string; insert?: string } => (quoted(name) === name ? { label: name } : { label: name, insert: quoted(name) });

interface Mention {
	table: string;
	schema: string | null;
	alias: string | null;
}

const notAlias = /^(where|group|order|having|limit|join|left|right|inner|full|cross|asof|semi|anti|on|using|union|except|intersect|qualify|window|select|pivot|unpivot|natural|positional)$/i;

/** The tables that a statement reads, with the names it gives them. */
function mentioned(statement: string): Mention[] {
	const found = statement.matchAll(/\b(?:from|join)\s+("(?:[^"]|"")+"|\w+)(?:\s*\.\s*("(?:[^"]|"")+"|\w+))?(?:\s+(?:as\s+)?(\w+))?/gi);
	return [...found].map(([, first = '', second, alias]) => ({ schema: second === undefined ? null : bare(first), table: bare(second ?? first), alias: alias === undefined || notAlias.test(alias) ? null : alias.toLowerCase() }));
}

const isOf = (column: SchemaColumn, { schema, table }: { schema: string | null; table: string }): boolean => column.table.toLowerCase() === table && (schema === null || column.schema.toLowerCase() === schema);

function columnOffers(columns: readonly SchemaColumn[], weight: number): Offer[] {
	const byName = new Map<string, SchemaColumn[]>();
	for (const each of columns) byName.set(each.column, [...(byName.get(each.column) ?? []), each]);
	return [...byName].map(([column, all]) => ({
		...inserted(column),
		kind: 'column',
		detail: `${shortType(all[0]?.type ?? '')} · ${all.length === 1 ? (all[0]?.table ?? '') : `${String(all.length)} tables`}`,
		weight,
	}));
}

function tableOffers(columns: readonly SchemaColumn[], home: string, named: boolean): Offer[] {
	const tables = new Map(columns.map((each) => [`${each.schema}.${each.table}`, each]));
	return [...tables.values()].map(({ schema, table }) => {
		const own = schema === home;
		const name = own || named ? quoted(table) : `${quoted(schema)}.${quoted(table)}`;
		return { label: own || named ? table : `${schema}.${table}`, ...(name === table ? {} : { insert: name }), kind: 'table', detail: schema, weight: own ? 3 : 2 };
	});
}

/**
 * What may stand at `at`, and where it begins; null where nothing is offered. Names without a schema are those of `home`.
 */
export function offersAt(text: string, at: number, schema: readonly SchemaColumn[], snippets: readonly Snippet[], home = 'marts'): { from: number; offers: Offer[] } | null {
	const before = text.slice(0, at);
	const path = /(?:(?:"(?:[^"]|"")+"|\w+)\s*\.\s*)*\w*$/.exec(before)?.[0] ?? '';
	const parts = path.split('.').map((part) => part.trim());
	const word = parts.pop() ?? '';
	if (/^\d/.test(word)) return null;
	const from = at - word.length;
	const start = text.lastIndexOf(';', at - 1) + 1;
	const end = text.indexOf(';', at);
	const statement = text.slice(start, end < 0 ? text.length : end);
	const tables = mentioned(statement);
	const names = parts.map(bare);
	const [first, second] = names;
	if (second !== undefined) return { from, offers: columnOffers(schema.filter((column) => isOf(column, { schema: first ?? '', table: second })), 5) };
	if (first !== undefined) {
		const named = tables.find(({ alias }) => alias === first) ?? { schema: null, table: first };
		const inSchema = schema.filter((column) => column.schema.toLowerCase() === first);
		return { from, offers: [...columnOffers(schema.filter((column) => isOf(column, named)), 5), ...tableOffers(inSchema, first, true)] };
	}
	const read = schema.filter((column) => tables.some((table) => isOf(column, table)));
	const afterFrom = /\b(from|join)\s+\w*$/i.test(before);
	const marts = schema.filter((column) => column.schema === home);
	const schemas = [...new Set(schema.map((column) => column.schema))].map((name): Offer => ({ ...inserted(name), kind: 'schema', detail: 'schema', weight: 1 }));
	const tableList = [...tableOffers(schema, home, false), ...schemas];
	if (afterFrom) return { from, offers: tableList };
	return {
		from,
		offers: [
			...columnOffers(read.length > 0 ? read : marts, 4),
			...snippets.filter(({ table }) => tables.length === 0 || tables.some((each) => each.table === table)).map(({ id, label, table, sql }): Offer => ({ label: id, kind: 'measure', detail: `${label} · ${table}`, insert: `${sql} as ${id}`, weight: 2 })),
			...tableList,
			...functions.map((name): Offer => ({ label: name, kind: 'function', detail: 'function', insert: `${name}(`, weight: 0 })),
			...phrases.map((phrase): Offer => ({ label: phrase, kind: 'keyword', detail: '', weight: -1 })),
		],
	};
}
