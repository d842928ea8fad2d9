import type { Plan } from './plan.ts';

/** Columns of codes: each an index into the list of the same name in vocabulary.ts. */
export interface Patients {
	insurance: Uint8Array;
	channel: Uint8Array;
	state: Uint8Array;
	/** Hundredths; −1 when not recorded. */
	risk: Int16Array;
	created: Int32Array;
}

export interface Advocates {
	names: string[];
	specialty: Uint8Array;
	team: Uint8Array;
	capacity: Uint8Array;
	/** Days since 1970-01-01. */
	hired: Int32Array;
	/** The most open cases each accepts; below the capacity for all but the overloaded. */
	limit: Uint8Array;
	overloaded: Uint8Array;
}

/** What is true of a case from the start. */
export interface Cases {
	created: Int32Array;
	patient: Int32Array;
	type: Uint8Array;
	urgency: Uint8Array;
	complexity: Uint8Array;
	intake: Uint8Array;
	/** Bit mask over BARRIERS; 0 is none. */
	barriers: Uint8Array;
	missingDocs: Uint8Array;
	documents: Uint8Array;
	firstDocument: Uint8Array;
}

export interface World {
	plan: Plan;
	patients: Patients;
	advocates: Advocates;
	cases: Cases;
}

/** Things that happened, in columns; `kind` and `tenths` mean what the log holds. */
export interface Log {
	size: number;
	at: Int32Array;
	case: Int32Array;
	kind: Uint8Array;
	advocate: Int16Array;
	tenths: Int16Array;
}

/** What became of the cases up to the end. Instants are −1 and advocates −1 where there is none. */
export interface History {
	assigned: Int32Array;
	firstResponse: Int32Array;
	/** The first resolution. */
	resolved: Int32Array;
	docsRequested: Int32Array;
	docsReceived: Int32Array;
	escalated: Int32Array;
	reopened: Int32Array;
	open: Uint8Array;
	/** Who has the case now. */
	advocate: Int16Array;
	handoffs: Uint8Array;
	interactions: Log;
	events: Log;
	feedback: Log;
}

function newLog(): Log {
	const rows = 4096;
	return {
		size: 0,
		at: new Int32Array(rows),
		case: new Int32Array(rows),
		kind: new Uint8Array(rows),
		advocate: new Int16Array(rows),
		tenths: new Int16Array(rows),
	};
}

function grown<T extends Int32Array | Int16Array | Uint8Array>(column: T, to: T): T {
	to.set(column);
	return to;
}

export function record(log: Log, at: number, id: number, kind: number, advocate: number, tenths: number): void {
	if (log.size === log.at.length) {
		const rows = log.size * 2;
		log.at = grown(log.at, new Int32Array(rows));
		log.case = grown(log.case, new Int32Array(rows));
		log.kind = grown(log.kind, new Uint8Array(rows));
		log.advocate = grown(log.advocate, new Int16Array(rows));
		log.tenths = grown(log.tenths, new Int16Array(rows));
	}
	const row = log.size++;
	log.at[row] = Math.floor(at);
	log.case[row] = id;
	log.kind[row] = kind;
	log.advocate[row] = advocate;
	log.tenths[row] = tenths;
}

const ROW_SPACE = 0x400000;

/** The rows of a log by time, those of one second in the order in which they were recorded. */
export function byTime(log: Log): Int32Array {
	const keys = new Float64Array(log.size);
	for (let row = 0; row < log.size; row++) keys[row] = (log.at[row] ?? 0) * ROW_SPACE + row;
	keys.sort();
	return Int32Array.from(keys, (key) => key % ROW_SPACE);
}

export function newHistory(cases: number): History {
	const never = () => new Int32Array(cases).fill(-1);
	return {
		assigned: never(),
		firstResponse: never(),
		resolved: never(),
		docsRequested: never(),
		docsReceived: never(),
		escalated: never(),
		reopened: never(),
		open: new Uint8Array(cases).fill(1),
		advocate: new Int16Array(cases).fill(-1),
		handoffs: new Uint8Array(cases),
		interactions: newLog(),
		events: newLog(),
		feedback: newLog(),
	};
}

/** Open cases of each advocate at the end. */
export function openCases(world: World, history: History): Int32Array {
	const open = new Int32Array(world.plan.advocates);
	history.advocate.forEach((advocate, id) => {
		if (advocate >= 0 && history.open[id] === 1) open[advocate] = (open[advocate] ?? 0) + 1;
	});
	return open;
}
