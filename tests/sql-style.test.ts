import { describe, expect, test } from 'vitest';
import { filesUnder, read } from './sources.ts';

const template = /\{\{\s*(?:ref\('(\w+)'\)|source\('(\w+)', '(\w+)'\)|var\('(\w+)'\))\s*\}\}/g;

const banned: Record<string, RegExp> = {
	'the wall clock':
		/\b(current_date|current_time|current_timestamp|localtime|localtimestamp|today|now|get_current_timestamp)\b/,
	'time zones': /\b(timestamptz|with time zone|at time zone|timezone)\b/,
	chance: /\b(random|setseed|gen_random_uuid|uuid|tablesample|using sample)\b/,
	json: /->>|::\s*json\b|\bas json\b|\b(json_\w+|to_json|from_json|read_json\w*)\b/,
	'files and extensions': /\b(read_parquet|read_csv\w*|read_text|parquet_scan|install|load|attach|collate)\b/,
};

interface Cte {
	name: string;
	body: string;
}

/** The statement without comments, with templates as `template` and the insides of quotes blanked. */
function bare(sql: string): string {
	return sql
		.replace(template, 'template')
		.replace(/--.*$/gm, '')
		.replace(/'(?:[^']|'')*'/g, "''")
		.replace(/"[^"]*"/g, '""');
}

/** The CTEs of a statement, in order: names at parenthesis depth 0 followed by `as (…)`. */
function ctesOf(sql: string): Cte[] {
	const found: Cte[] = [];
	const opening = /(\w+)\s+as\s+(?:(?:not\s+)?materialized\s+)?\(/y;
	let depth = 0;
	let start = 0;
	for (let at = 0; at < sql.length; at += 1) {
		opening.lastIndex = at;
		const match = depth === 0 && !/\w/.test(sql[at - 1] ?? '') ? opening.exec(sql) : null;
		if (match) {
			at = opening.lastIndex - 1;
			start = at + 1;
			found.push({ name: match[1] ?? '', body: '' });
		}
		if (sql[at] === '(') depth += 1;
		if (sql[at] === ')') depth -= 1;
		const last = found.at(-1);
		if (depth === 0 && sql[at] === ')' && last?.body === '') last.body = sql.slice(start, at);
	}
	return found;
}

/** What is wrong with a model's style, each fault in a phrase. */
function faultsOf(sql: string, models: ReadonlySet<string>, pack: string): string[] {
	const lines = sql.trimEnd().split('\n');
	const text = bare(sql);
	const ctes = ctesOf(text);
	const imports = ctesOf(sql.replace(/--.*$/gm, '')).map(({ body }) => /\{\{\s*(ref|source)\(/.test(body));
	const templates = [...sql.matchAll(template)];
	const faults: string[] = [];
	const unless = (kept: boolean, fault: string) => void (kept || faults.push(fault));

	unless(/^-- One row per .+\.$/.test(lines[0] ?? ''), 'first line is not the grain (-- One row per ….)');
	unless(lines.at(-1) === `select * from ${ctes.at(-1)?.name ?? '?'}`, 'last line is not select * from <last cte>');
	unless(
		!imports.includes(true, imports.indexOf(false) < 0 ? imports.length : imports.indexOf(false)),
		'an import CTE comes after another',
	);
	unless(
		!ctes.some(({ name }) => /^(final|[a-z]\d*|cte\d*|tmp\w*|temp\w*)$/.test(name)),
		'a CTE is not named for what it does',
	);
	unless(!/[A-Z]/.test(text), 'not all lower case');
	unless(!/\t/.test(sql), 'a tab');
	unless(!/[ \t]+$/m.test(sql), 'a space at the end of a line');
	unless(!/^\s*,/m.test(text), 'a line begins with a comma');
	unless(
		!/(?<!\b(?:inner|left|right|full|outer|cross|semi|anti|asof|positional)\s+)\bjoin\b/.test(text),
		'a join is not spelled out',
	);
	unless((sql.match(/\{[{%#]/g) ?? []).length === templates.length, 'a template other than ref, source and var');
	for (const [, ref, sourcePack] of templates) {
		unless(!ref || models.has(ref), `ref to unknown model ${ref ?? ''}`);
		unless(!sourcePack || sourcePack === pack, `source of another pack: ${sourcePack ?? ''}`);
	}
	for (const [what, words] of Object.entries(banned))
		unless(!words.test(text), `uses ${what}: ${words.exec(text)?.[0] ?? ''}`);
	return faults;
}

const files = filesUnder('sql').filter((path) => path.endsWith('.sql'));
const packOf = (path: string) => path.split('/')[1] ?? '';
const modelsOf = (pack: string) =>
	new Set(files.filter((path) => packOf(path) === pack).map((path) => path.replace(/^.*\/|\.sql$/g, '')));

describe('SQL models', () => {
	test('sql/ holds models in staging, intermediate and marts, and nothing else', () => {
		const strays = filesUnder('sql').filter((path) => !/^sql\/\w+\/(staging|intermediate|marts)\/\w+\.sql$/.test(path));
		expect(strays.filter((path) => !/(^|\/)(dbt_project\.yml|\.gitkeep)$/.test(path))).toEqual([]);
	});

	test('every model keeps the style', () => {
		const faults = files.flatMap((path) =>
			faultsOf(read(path), modelsOf(packOf(path)), packOf(path)).map((fault) => `${path}: ${fault}`),
		);
		expect(faults).toEqual([]);
	});
});

describe('the style check finds', () => {
	const good = [
		'-- One row per case, as known at the as-of.',
		'with cases as (',
		"    select * from {{ source('advocacy', 'cases') }}",
		'),',
		'known as (',
		'    select',
		'        cases.case_id,',
		"        count(*) filter (where lower(cases.note) = 'NOW') as notes,",
		'    from cases',
		"    where cases.created_at <= {{ var('as_of') }}",
		'    group by all',
		')',
		'select * from known',
		'',
	].join('\n');
	const faults = (sql: string) => faultsOf(sql, new Set(['stg_cases']), 'advocacy');

	test('nothing in a model that keeps it', () => expect(faults(good)).toEqual([]));

	test.each([
		['a missing grain', good.replace(/^--.*\n/, ''), 'first line is not the grain'],
		[
			'a last line that is not the last CTE',
			good.replace('select * from known\n', 'select * from cases\n'),
			'last line',
		],
		[
			'a late import',
			good
				.replace('\n)\nselect', "\n),\nlate as (\n    select * from {{ ref('stg_cases') }}\n)\nselect")
				.replace('from known\n', 'from late\n'),
			'import CTE',
		],
		['upper case', good.replace('group by', 'GROUP BY'), 'lower case'],
		['the wall clock', good.replace("{{ var('as_of') }}", 'now()'), 'the wall clock'],
		['an unknown ref', good.replace("source('advocacy', 'cases')", "ref('stg_nothing')"), 'unknown model'],
		['another template', good.replace("{{ var('as_of') }}", '{% if x %}'), 'template other than'],
		['json functions', good.replace('cases.case_id', "cases.meta ->> 'a'"), 'json'],
		['a bare join', good.replace('from cases\n', 'from cases\n    join cases as other using (case_id)\n'), 'join'],
		['a leading comma', good.replace('case_id,\n', 'case_id\n        , 1 as one,\n'), 'comma'],
		['a nameless CTE', good.replaceAll('known', 'final'), 'named for what it does'],
	])('%s', (_, sql, fault) => {
		expect(faults(sql).join('; ')).toContain(fault);
	});
});
