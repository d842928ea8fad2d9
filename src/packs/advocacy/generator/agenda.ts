/** What is due, by time: a binary heap. A due thing is a whole number whose meaning the caller knows. */
export interface Agenda {
	size: number;
	at: Float64Array;
	due: Int32Array;
}

export function newAgenda(): Agenda {
	return { size: 0, at: new Float64Array(4096), due: new Int32Array(4096) };
}

function set(agenda: Agenda, slot: number, at: number, due: number): void {
	agenda.at[slot] = at;
	agenda.due[slot] = due;
}

export function schedule(agenda: Agenda, at: number, due: number): void {
	if (agenda.size === agenda.at.length) {
		const at2 = new Float64Array(agenda.size * 2);
		const due2 = new Int32Array(agenda.size * 2);
		at2.set(agenda.at);
		due2.set(agenda.due);
		agenda.at = at2;
		agenda.due = due2;
	}
	let slot = agenda.size++;
	while (slot > 0) {
		const parent = (slot - 1) >> 1;
		const parentAt = agenda.at[parent] as number;
		if (parentAt <= at) break;
		set(agenda, slot, parentAt, agenda.due[parent] as number);
		slot = parent;
	}
	set(agenda, slot, at, due);
}

/** When the first thing is due; Infinity when nothing is. */
export function nextAt(agenda: Agenda): number {
	return agenda.size > 0 ? (agenda.at[0] as number) : Infinity;
}

/** Takes the first thing off the agenda, which must not be empty. */
export function take(agenda: Agenda): number {
	const first = agenda.due[0] as number;
	const last = --agenda.size;
	const at = agenda.at[last] as number;
	const due = agenda.due[last] as number;
	let slot = 0;
	for (;;) {
		let child = 2 * slot + 1;
		if (child >= last) break;
		if (child + 1 < last && (agenda.at[child + 1] as number) < (agenda.at[child] as number)) child++;
		const childAt = agenda.at[child] as number;
		if (childAt >= at) break;
		set(agenda, slot, childAt, agenda.due[child] as number);
		slot = child;
	}
	if (last > 0) set(agenda, slot, at, due);
	return first;
}
