import { describe, expect, it } from 'vitest';
import { mentions, render } from '../../../src/lib/template.ts';

const layers: Record<string, string> = { stg_cases: 'staging' };
const rendered = (sql: string, vars: Record<string, string | number> = {}) => render('m', sql, (name) => layers[name], vars);

describe('a template', () => {
	it('renders ref as layer and name, and source as raw', () => {
		expect(rendered(`from {{ ref('stg_cases') }}, {{source('p','cases')}}`)).toBe('from staging."stg_cases", raw."cases"');
	});

	it('renders numbers as they are, text quoted, and the as-of as a timestamp', () => {
		const vars = { hours: 168, who: "O'Neil", as_of: '2026-03-08T13:18:00' };
		expect(rendered("{{ var('hours') }} {{ var('who') }} {{ var('as_of') }}", vars)).toBe("168 'O''Neil' timestamp '2026-03-08 13:18:00'");
	});

	it('cannot be left through an as-of that is no instant', () => {
		expect(rendered("{{ var('as_of') }}", { as_of: "2026'; drop table x; --" })).not.toMatch(/drop|;/);
	});

	it('names an unknown variable or model, and who asks for it', () => {
		expect(() => rendered("{{ var('nothing') }}")).toThrow(expect.objectContaining({ code: 'model.unknown-var', detail: { model: 'm', name: 'nothing' } }));
		expect(() => rendered("{{ ref('nothing') }}")).toThrow(expect.objectContaining({ code: 'model.unknown-ref', detail: { model: 'm', ref: 'nothing' } }));
	});

	it('says each ref and source once', () => {
		expect(mentions("{{ ref('a') }} {{ ref('a') }} {{ source('p', 't') }} {{ var('v') }}")).toEqual({ refs: ['a'], sources: ['t'] });
	});
});
