import { literal, quoted } from '../lib/sql-text.ts';
import { ThroughlineError } from '../lib/errors.ts';
import type { Fingerprint } from './api.ts';
import type { Duck } from './duckdb.ts';


interface Column {
	name: string;
	type: string;
}

/** The value itself and not its place in a dictionary, which other rows may change. */
const hashable = ({ name, type }: Column): string => (type.startsWith('ENUM') ? `${quoted(name)}::varchar` : quoted(name));

/**
 * One row (`rows`, `print`) that is the same for the same rows in any order, and another when a row is there twice, is missing, or
 * differs in one bit of a cell. Columns count by name. A row is DuckDB's own hash of its cells (of a number's bits, never of a text
 * that was rounded; -0 is 0), which is the same in every browser since all run the same wasm; another version of DuckDB may hash
 * otherwise, and then the scheme of links has to change. Rows are added up in 128 bits, and by exclusive or.
 */
export function printSql(table: string, columns: readonly Column[]): string {
	const sorted = [...columns].sort((a, b) => (a.name < b.name ? -1 : 1));
	const said = ['count(*)', 'coalesce(sum(row), 0)', 'coalesce(bit_xor(row), 0)', ...sorted.map(({ name }) => literal(name))];
	return `select count(*)::double as rows, md5(concat_ws(' ', ${said.join(', ')}))[1:16] as print from (select hash(${sorted.map(hashable).join(', ')}) as row from ${table})`;
}

/** `table` is a full name, quoted where it must be. */
export function printOf(duck: Duck, table: string): { rows: number; print: string } {
	const columns = duck.rows(`select column_name as name, column_type as type from (describe ${table})`).map(({ name, type }) => ({ name: String(name), type: String(type) }));
	const [row] = duck.rows(printSql(table, columns));
	return { rows: Number(row?.rows), print: String(row?.print) };
}

/** Of several tables of a schema, one after another with turns of other work between them; throws `sql.stopped` when `stopped`. */
export async function fingerprint(duck: Duck, schema: string, names: readonly string[], stopped: () => boolean): Promise<Fingerprint> {
	const models: Fingerprint['models'][number][] = [];
	for (const model of names) {
		await new Promise((done) => setTimeout(done));
		if (stopped()) throw new ThroughlineError('sql.stopped');
		models.push({ model, ...printOf(duck, `${schema}.${quoted(model)}`) });
	}
	const [row] = duck.rows(`select md5(${literal(models.map(({ model, print }) => `${model} ${print}`).join('\n'))})[1:12] as code`);
	return { code: String(row?.code), models };
}
