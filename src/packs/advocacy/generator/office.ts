import { randomStream } from '../../../lib/random.ts';
import type { Random } from '../../../lib/random.ts';
import { newAgenda, schedule } from './agenda.ts';
import type { Agenda } from './agenda.ts';
import type { Incident } from './incident.ts';
import { atWork, newShifts } from './shifts.ts';
import type { Shifts } from './shifts.ts';
import { CALL, CHAT, EMAIL, ESCALATIONS_TEAM, FITTING_SPECIALTY, GENERAL } from './vocabulary.ts';
import { newHistory } from './world.ts';
import type { History, World } from './world.ts';

/** The running state of the planted simulation. */
export interface Office {
	world: World;
	history: History;
	random: Random;
	shifts: Shifts;
	agenda: Agenda;
	incident: Incident;
	/** Open cases of each advocate now. */
	load: Int32Array;
	/** Cases that nobody has yet. */
	queue: number[];
	/** 1 while documents of the case are awaited. */
	awaiting: Uint8Array;
	/** How often the case was reopened: what was planned for an earlier life of the case is void. */
	life: Uint8Array;
}

export const DUE = { firstResponse: 0, docsReceived: 1, touch: 2, escalate: 3, resolve: 4, reopen: 5, feedback: 6 } as const;
export type Due = (typeof DUE)[keyof typeof DUE];

export function newOffice(world: World, incident: Incident): Office {
	const cases = world.plan.cases;
	return {
		world,
		history: newHistory(cases),
		random: randomStream(world.plan.seed, 'office'),
		shifts: newShifts(world.plan, world.advocates),
		agenda: newAgenda(),
		incident,
		load: new Int32Array(world.plan.advocates),
		queue: [],
		awaiting: new Uint8Array(cases),
		life: new Uint8Array(cases),
	};
}

export function plan(office: Office, at: number, id: number, due: Due): void {
	if (at <= office.world.plan.end) schedule(office.agenda, at, id * 16 + due * 2 + (office.life[id] ?? 0));
}

export function fits(office: Office, advocate: number, id: number): boolean {
	const specialty = office.world.advocates.specialty[advocate];
	return specialty === GENERAL || specialty === FITTING_SPECIALTY[office.world.cases.type[id] ?? 0];
}

export function isSlowType(office: Office, id: number): boolean {
	return (office.world.cases.type[id] ?? 0) < 2;
}

export type Search = 'fitting' | 'anyone' | 'escalations';

/**
 * The advocate at work with most room, or −1. From the queue the overloaded take first, beyond their capacity; nobody
 * hands a case to them.
 */
export function findAdvocate(office: Office, id: number, at: number, search: Search, from = -1): number {
	const { advocates, plan } = office.world;
	let found = -1;
	let best = Infinity;
	for (let advocate = 0; advocate < plan.advocates; advocate++) {
		const load = office.load[advocate] ?? 0;
		const overloaded = advocates.overloaded[advocate] === 1;
		if (advocate === from || load >= (advocates.limit[advocate] ?? 0) || (overloaded && from >= 0)) continue;
		const fullness = load / (advocates.limit[advocate] ?? 1) - (overloaded ? 1 : 0);
		if (fullness >= best || !atWork(office.shifts, advocate, at)) continue;
		if (search === 'fitting' && !fits(office, advocate, id)) continue;
		if (search === 'escalations' && advocates.team[advocate] !== ESCALATIONS_TEAM) continue;
		found = advocate;
		best = fullness;
	}
	return found;
}

/** Gives an open case to another advocate at work; false when there is none. */
export function handOff(office: Office, id: number, at: number, searches: readonly Search[]): boolean {
	const { history, load } = office;
	const from = history.advocate[id] ?? -1;
	for (const search of searches) {
		const to = findAdvocate(office, id, at, search, from);
		if (to < 0) continue;
		history.advocate[id] = to;
		history.handoffs[id] = (history.handoffs[id] ?? 0) + 1;
		load[from] = (load[from] ?? 0) - 1;
		load[to] = (load[to] ?? 0) + 1;
		return true;
	}
	return false;
}

const PORTAL_ANSWERS = [CALL, EMAIL, CHAT];

/** How the patient of the case prefers to be reached. */
export function reachBy(office: Office, id: number): number {
	const channel = office.world.patients.channel[office.world.cases.patient[id] ?? 0] ?? 0;
	return channel < 3 ? channel : (PORTAL_ANSWERS[Math.floor(office.random() * 3)] ?? CALL);
}
