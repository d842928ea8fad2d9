import type { DuckDBBindings, DuckDBConnection } from '@duckdb/duckdb-wasm/blocking';
import { tableFromIPC } from '@uwdata/flechette';
import { ThroughlineError } from '../lib/errors.ts';

export type Row = Record<string, unknown>;

/** One open DuckDB, synchronous. The two adapters (browser, node) differ only in how the wasm is found. */
export interface Duck {
	run(sql: string): void;
	rows(sql: string): Row[];
	/** Arrow IPC bytes (file format), copied out of wasm memory. */
	bytes(sql: string): Uint8Array;
	/** Appends an Arrow IPC stream to a table of the current catalog, made from the stream when `create`. */
	insertArrow(stream: Uint8Array, schema: string, table: string, create: boolean): void;
	/** Takes Arrow IPC streams into tables of a catalog, in one transaction of its own: others see all of it when it ends, or nothing. */
	landing(catalog: string): Landing;
	/**
	 * One reading statement on a connection of its own, inside a read-only transaction, as an Arrow IPC stream. It runs in
	 * slices of about a tenth of a second; between them other work has its turn, and `stopped` is asked.
	 */
	read(catalog: string, sql: string, stopped: () => boolean): Promise<Uint8Array>;
	/** Whether such a statement would be taken, without running it. */
	prepare(catalog: string, sql: string): Promise<void>;
}

export interface Landing {
	insert(stream: Uint8Array, table: string, create: boolean): void;
	end(keep: boolean): void;
}

/** Extensions off, foreign files and addresses unreachable, configuration closed: for good, before any data comes in. */
const lock = [
	'set autoinstall_known_extensions = false',
	'set autoload_known_extensions = false',
	"set allowed_directories = ['import/']",
	'set enable_external_access = false',
	'set lock_configuration = true',
];

const trapped = /unreachable|memory access out of bounds|table index is out of bounds|function signature mismatch|null function|indirect call/i;

function failure(error: unknown): ThroughlineError {
	if (error instanceof ThroughlineError) return error;
	const message = (error instanceof Error ? error.message : String(error)).split('\n\nLINE')[0] ?? '';
	if (/out of memory|allocation failure/i.test(message)) return new ThroughlineError('engine.memory');
	if (error instanceof WebAssembly.RuntimeError || trapped.test(message)) return new ThroughlineError('engine.trap', { message });
	return new ThroughlineError('sql.failed', { message: error instanceof Error ? error.message : String(error) });
}

/** Rows of an answer, which holds them as they are or as Arrow bytes. */
export function decode(answer: Uint8Array | Row[]): Row[] {
	if (Array.isArray(answer)) return answer;
	return tableFromIPC(answer, { useProxy: false }).toArray();
}

export function openDuck(bindings: DuckDBBindings): Duck {
	bindings.open({ query: { castBigIntToDouble: true } });
	const connection = bindings.connect();
	for (const sql of lock) connection.query(sql);
	const guarded = <T>(work: () => T): T => {
		try {
			return work();
		} catch (error) {
			throw failure(error);
		}
	};
	const bytesOn = (on: DuckDBConnection, sql: string): Uint8Array => on.useUnsafe((b, id) => b.runQuery(id, sql)).slice();
	return {
		run: (sql) => guarded(() => void connection.useUnsafe((b, id) => b.runQuery(id, sql))),
		rows: (sql) => guarded(() => decode(bytesOn(connection, sql))),
		bytes: (sql) => guarded(() => bytesOn(connection, sql)),
		insertArrow: (stream, schema, table, create) => guarded(() => connection.insertArrowFromIPCStream(stream, { name: table, schema, create })),
		landing: (catalog) => guarded(() => {
			const own = bindings.connect();
			own.query(`use ${catalog}.main`);
			own.query('begin transaction');
			return {
				insert: (stream, table, create) => guarded(() => own.insertArrowFromIPCStream(stream, { name: table, schema: 'main', create })),
				end: (keep) => guarded(() => {
					try {
						own.query(keep ? 'commit' : 'rollback');
					} finally {
						close(own);
					}
				}),
			};
		}),
		read: (catalog, sql, stopped) =>
			readOnly(bindings, catalog, (connection) => {
				connection.prepare(sql).close();
				return inSlices(bindings, connection, sql, stopped);
			}),
		prepare: (catalog, sql) => readOnly(bindings, catalog, async (connection) => connection.prepare(sql).close()),
	};
}

/** Messages to the worker are heard only in a turn of the event loop; awaiting something settled gives none. */
const otherTurn = (): Promise<void> => new Promise((done) => setTimeout(done, 0));

async function inSlices(bindings: DuckDBBindings, connection: DuckDBConnection, sql: string, stopped: () => boolean): Promise<Uint8Array> {
	const id = connection.useUnsafe((_, own) => own);
	const parts: Uint8Array[] = [];
	let schema = bindings.startPendingQuery(id, sql, false);
	while (schema === null) {
		await otherTurn();
		if (stopped()) {
			bindings.cancelPendingQuery(id);
			throw new ThroughlineError('sql.stopped');
		}
		schema = bindings.pollPendingQuery(id);
	}
	parts.push(schema.slice());
	for (let batch = bindings.fetchQueryResults(id); batch !== null && batch.length > 0; batch = bindings.fetchQueryResults(id)) parts.push(batch.slice());
	return joined(parts);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
	const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
	let at = 0;
	for (const part of parts) {
		whole.set(part, at);
		at += part.length;
	}
	return whole;
}

/**
 * `begin transaction read only` refuses writes, but `rollback; drop table t` in one text gets out of it:
 * prepare() first, which takes one statement only, and run nothing that it refuses.
 */
async function readOnly<T>(bindings: DuckDBBindings, catalog: string, work: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
	const connection = bindings.connect();
	try {
		connection.query(`use "${catalog}".marts`);
		connection.query('begin transaction read only');
		return await work(connection);
	} catch (error) {
		const known = failure(error);
		if (/read-only|multiple statements|cannot prepare/i.test(known.message)) throw new ThroughlineError('sql.read-only', { message: known.message });
		throw known;
	} finally {
		close(connection);
	}
}

/** In an engine that has trapped, closing traps again and would hide what happened first. */
function close(connection: DuckDBConnection): void {
	try {
		connection.close();
	} catch (error) {
		if (!(error instanceof WebAssembly.RuntimeError)) throw error;
	}
}
