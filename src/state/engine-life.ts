import type { EngineApi } from '../engine/api.ts';
import { asThroughlineError, ThroughlineError } from '../lib/errors.ts';
import type { Remote } from '../lib/rpc.ts';

/** A worker that runs an engine. */
export interface Started {
	engine: Remote<EngineApi>;
	stop: () => void;
	/** Resolves when the worker has ended by itself. */
	gone: Promise<ThroughlineError>;
}

export interface Loss {
	error: ThroughlineError;
	/** What ended it has ended one before, and will not be asked again. */
	again: boolean;
	/** What is to be built: what was open; something else, since that has failed; nothing, since engines end one after another. */
	build: 'same' | 'other' | 'nothing';
}

/** Builds in an engine that has nothing open. */
export type Rebuild = (engine: Remote<EngineApi>, loss: Loss) => Promise<void>;

export interface EngineLife {
	/** The engine that lives now. What is asked while it is replaced waits until the data is built again. */
	engine: Remote<EngineApi>;
	onloss: (rebuild: Rebuild) => void;
}

type Verb = keyof EngineApi;
type Send = (...args: readonly unknown[]) => Promise<unknown>;
type One = Started & { waiting: Set<{ statements: readonly string[]; reject: (error: Replaced) => void }> };

/** The engine ended under a call that is not known to have ended it. */
class Replaced extends Error {
	readonly why: ThroughlineError;
	constructor(why: ThroughlineError) {
		super(why.message);
		this.why = why;
	}
}

/** As an object, so that a verb that is missing here does not compile. */
const verbs = Object.keys({ open: 1, read: 1, stopReading: 1, propose: 1, quick: 1, lacks: 1, recount: 1, sourceRows: 1, load: 1, asOf: 1, query: 1, sql: 1, cancel: 1, models: 1, fingerprint: 1, close: 1 } satisfies Record<Verb, 1>) as Verb[];
const most = 3;
const fatal = (error: ThroughlineError): boolean => error.code === 'engine.trap' || error.code === 'engine.memory';

/** What may have ended an engine and could be asked again without a person wanting it. */
function statementsOf(verb: Verb, args: readonly unknown[]): readonly string[] {
	if (verb === 'sql') return [String(args[0])];
	return verb === 'query' ? (args[0] as { statements: string[] }).statements : [];
}

function facade(send: (verb: Verb, args: readonly unknown[]) => Promise<unknown>): Remote<EngineApi> {
	return Object.fromEntries(verbs.map((verb) => [verb, (...args: unknown[]) => send(verb, args)])) as unknown as Remote<EngineApi>;
}

/**
 * An engine that is replaced when it traps, runs out of memory or dies. A statement that has ended two is refused with
 * `engine.again`; one that ended one is refused among others, so that it is asked alone and the others are answered.
 */
export function livingEngine(start: () => Started): EngineLife {
	const ended = new Map<string, { times: number; message: string }>();
	let rebuild: Rebuild = () => Promise.resolve();
	/** Null after engines have ended one after another: the next is started when something is asked. */
	let current: One | null = begin();
	let whole: Promise<void> = Promise.resolve();
	let mending = false;
	/** Engines that ended one after another without an answer between. */
	let row = 0;

	function begin(): One {
		const one: One = { ...start(), waiting: new Set() };
		void one.gone.then((error) => lose(one, error, [...one.waiting].flatMap(({ statements }) => statements)));
		return one;
	}

	function lose(one: One, error: ThroughlineError, guilty: readonly string[]): void {
		if (one !== current) return;
		const again = guilty.some((statement) => ended.has(statement));
		for (const statement of guilty) ended.set(statement, { times: (ended.get(statement)?.times ?? 0) + 1, message: error.message });
		one.stop();
		row++;
		current = row > most ? null : begin();
		for (const { reject } of one.waiting) reject(new Replaced(error));
		if (!mending) whole = mend({ error, again, build: row > most ? 'nothing' : 'same' });
	}

	async function mend(loss: Loss): Promise<void> {
		mending = true;
		const built = (build: Loss['build']): Promise<boolean> => {
			const one = (current ??= begin());
			return rebuild(facade((verb, args) => direct(one, verb, args)), { ...loss, build }).then(() => true, () => false);
		};
		if (loss.build === 'nothing' || !((await built('same')) || (await built('other')))) await rebuild(facade(send), { ...loss, build: 'nothing' });
		mending = false;
	}

	async function direct(one: One, verb: Verb, args: readonly unknown[]): Promise<unknown> {
		let call: { statements: readonly string[]; reject: (error: Replaced) => void } | undefined;
		const left = (): void => void (call && one.waiting.delete(call));
		try {
			return await new Promise((resolve, reject) => {
				call = { statements: statementsOf(verb, args), reject };
				one.waiting.add(call);
				(one.engine[verb] as unknown as Send)(...args).then(resolve, reject);
			});
		} catch (thrown) {
			left();
			if (thrown instanceof Replaced) throw thrown;
			const error = asThroughlineError(thrown);
			if (fatal(error)) lose(one, error, statementsOf(verb, args));
			throw error;
		} finally {
			left();
		}
	}

	function refuse(statements: readonly string[]): void {
		const worst = statements.map((statement) => ended.get(statement)).find((each) => each && (each.times > 1 || statements.length > 1));
		if (worst) throw new ThroughlineError('engine.again', { message: worst.message });
	}

	async function send(verb: Verb, args: readonly unknown[]): Promise<unknown> {
		if (verb === 'cancel' || verb === 'stopReading') return mending || !current ? undefined : direct(current, verb, args).catch(() => undefined);
		const statements = statementsOf(verb, args);
		for (let time = 1; ; time++) {
			await whole;
			refuse(statements);
			try {
				const answer = await direct((current ??= begin()), verb, args);
				row = 0;
				if (verb === 'open' || verb === 'load') ended.clear();
				for (const statement of statements) ended.delete(statement);
				return answer;
			} catch (thrown) {
				if (!(thrown instanceof Replaced)) throw thrown;
				if (time === most) throw thrown.why;
				if (verb === 'sql') throw ended.has(String(args[0])) ? thrown.why : new ThroughlineError('sql.stopped');
			}
		}
	}

	return { engine: facade(send), onloss: (given) => void (rebuild = given) };
}
