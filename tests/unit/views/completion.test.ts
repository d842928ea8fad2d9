import { beforeAll, describe, expect, it } from 'vitest';
import { decode } from '../../../src/engine/duckdb.ts';
import { columnsStatement, offersAt, type Offer, type SchemaColumn, type Snippet } from '../../../src/views/data/completion.ts';
import { snippetsOf } from '../../../src/views/data/snippets.ts';
import { nodeEngine, packNamed } from '../../support/engine.ts';
import { filesWith } from '../engine/small-files.ts';

const engine = nodeEngine();
let schema: SchemaColumn[];
let snippets: Snippet[];

beforeAll(async () => {
	const dataset = await engine.load({ pack: 'advocacy', files: filesWith(), asOf: null });
	const { tables } = await engine.query({ selections: [], statements: [columnsStatement] });
	schema = decode(tables[0] ?? new Uint8Array()) as unknown as SchemaColumn[];
	snippets = snippetsOf(packNamed('advocacy'), dataset.asOf);
});

/** What is offered where the bar stands. */
function at(marked: string): { word: string; offers: Offer[] } {
	const place = marked.indexOf('|');
	const text = marked.replace('|', '');
	const found = offersAt(text, place, schema, snippets);
	return { word: found ? text.slice(found.from, place) : '', offers: found?.offers ?? [] };
}

const labels = (marked: string, kind: Offer['kind']): string[] => at(marked).offers.filter((offer) => offer.kind === kind).map(({ label }) => label);

describe('what the console offers', () => {
	it('knows every layer of the open data', () => {
		expect([...new Set(schema.map((column) => column.schema))].sort()).toEqual(['intermediate', 'marts', 'quarantine', 'raw', 'staging']);
		expect(labels('select |', 'schema').sort()).toEqual(['intermediate', 'marts', 'quarantine', 'raw', 'staging']);
	});

	it('after from come tables and no columns, those of the marts by their bare names', () => {
		expect(labels('select * from fct|', 'table')).toEqual(expect.arrayContaining(['fct_case_lifecycle', 'staging.stg_cases', 'raw.cases', 'quarantine.stg_cases']));
		expect(labels('select * from |', 'column')).toEqual([]);
		expect(labels('select * from a join |', 'column')).toEqual([]);
	});

	it('a schema and a dot bring its tables, a table or its other name and a dot its columns', () => {
		expect(labels('select * from staging.|', 'table')).toEqual(expect.arrayContaining(['stg_cases', 'stg_patients']));
		expect(labels('select * from staging.|', 'table')).not.toContain('fct_case_lifecycle');
		expect(labels('select c.| from staging.stg_cases as c', 'column')).toEqual(schema.filter(({ schema: name, table }) => name === 'staging' && table === 'stg_cases').map(({ column }) => column));
		expect(labels('select fct_case_lifecycle.cas| from fct_case_lifecycle', 'column')).toContain('case_type');
		expect(labels('select staging.stg_patients.| from x', 'column')).toContain('patient_id');
	});

	it('columns are those of the tables that the statement reads, wherever it names them; without any, those of the marts', () => {
		const read = labels('select | from staging.stg_patients', 'column');
		expect(read).toEqual(schema.filter(({ schema: name, table }) => name === 'staging' && table === 'stg_patients').map(({ column }) => column));
		expect(labels('select | ; select * from staging.stg_patients', 'column')).not.toEqual(read);
		expect(labels('select cas|', 'column')).toContain('case_type');
	});

	it('the word under way is what is replaced', () => {
		expect(at('select case_t| from fct_case_lifecycle').word).toBe('case_t');
		expect(at('select c.sta| from staging.stg_cases c').word).toBe('sta');
		expect(at('select 12|').offers).toEqual([]);
	});

	it('every measure that is offered runs as it is put in', async () => {
		const offers = at('select |').offers.filter(({ kind }) => kind === 'measure');
		expect(offers.length).toBe(snippets.length);
		expect(offers.length).toBeGreaterThan(5);
		for (const { id, table, sql } of snippets) {
			const rows = decode((await engine.sql(`select ${sql} as ${id} from ${table}`, 10)).table);
			expect(Object.keys(rows[0] ?? {}), id).toEqual([id]);
		}
	});

	it('names that are no plain words are put in with quotes', () => {
		const odd: SchemaColumn[] = [{ schema: 'marts', table: 'T one', column: 'a "b"', type: 'INTEGER' }];
		const offers = offersAt('select  from "T one"', 7, odd, [])?.offers ?? [];
		expect(offers.find(({ kind }) => kind === 'column')).toMatchObject({ label: 'a "b"', insert: '"a ""b"""' });
		expect(offers.find(({ kind }) => kind === 'table')).toMatchObject({ label: 'T one', insert: '"T one"' });
	});
});
