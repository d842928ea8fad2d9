import { beforeAll, describe, expect, it } from 'vitest';
import type { EngineApi } from '../../../src/engine/api.ts';
import { placeIn } from '../../../src/engine/place.ts';
import type { ThroughlineError } from '../../../src/lib/errors.ts';
import { nodeEngine } from '../../support/engine.ts';
import { filesWith } from './small-files.ts';

let engine: EngineApi;

beforeAll(async () => {
	engine = nodeEngine();
	await engine.load({ pack: 'advocacy', files: filesWith(), asOf: null });
});

const refused = (text: string): Promise<ThroughlineError | null> => engine.sql(text, 10).then(() => null, (error: unknown) => error as ThroughlineError);

describe('a failed statement says where', () => {
	/** The place is where the bar stands. */
	it.each([
		'select |nothing_here from fct_case_lifecycle',
		'select 1,\n  |nothing_here\nfrom fct_case_lifecycle',
		'-- a word before\n\n  select |nothing_here from fct_case_lifecycle;',
		'/* two\nlines */ select 1, |nothing_here from fct_case_lifecycle',
		'select * frm |fct_case_lifecycle',
		'select * from\n\n |nowhere',
		"select '日本語', |bad from fct_case_lifecycle",
		"select 'é', |bad from fct_case_lifecycle",
		'select\t\t|bad from fct_case_lifecycle',
		`select ${'case_id, '.repeat(30)}|bad, case_type from fct_case_lifecycle`,
		`select ${'case_id, '.repeat(30)}|bad${', case_type'.repeat(30)} from fct_case_lifecycle`,
		'select 1 +|',
		'select case_type|::integer from fct_case_lifecycle',
		'-- c\nselect case_type|::integer from fct_case_lifecycle',
		'explain select |bad from fct_case_lifecycle',
	])('%s', async (marked) => {
		const offset = marked.indexOf('|');
		const text = marked.replace('|', '');
		const error = await refused(text);
		const before = text.slice(0, offset).split('\n');
		expect(error).toMatchObject({ code: 'sql.failed', detail: { offset, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 } });
		const [, shown = '', caret = ''] = /\n\nLINE \d+: ([^\n]*)\n([^\n]*)\^$/.exec(error?.message ?? '') ?? [];
		expect(shown, 'the line as it was typed, once').toBe(text.split('\n')[before.length - 1]);
		expect(caret.length - `LINE ${String(before.length)}: `.length).toBe(before.at(-1)?.length);
	});

	it('and says none where DuckDB names none', async () => {
		const error = await refused("select date 'x' from fct_case_lifecycle");
		expect(error?.code).toBe('sql.failed');
		expect(error?.detail).not.toHaveProperty('offset');
	});

	it('never outside the text', () => {
		expect(placeIn('Parser Error: no\n\nLINE 9: zzz\n          ^', 'select 1')).toBeLessThanOrEqual('select 1'.length);
		expect(placeIn('no place in it', 'select 1')).toBeNull();
	});
});
