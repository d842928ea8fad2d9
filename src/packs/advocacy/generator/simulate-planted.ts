import { chance, exponential, integer, lognormal, normal, uniform } from '../../../lib/random.ts';
import { nextAt, take } from './agenda.ts';
import { arrival } from './incident.ts';
import type { Incident } from './incident.ts';
import { DUE, findAdvocate, fits, handOff, isSlowType, newOffice, plan, reachBy } from './office.ts';
import type { Office } from './office.ts';
import { DAY, HOUR } from './plan.ts';
import { afterOfficeHours, afterWork, atWork, nextAtWork, officeTime } from './shifts.ts';
import * as words from './vocabulary.ts';
import { record } from './world.ts';
import type { History, World } from './world.ts';

const TICK = HOUR / 3;
const ANYONE_AFTER = 2 * HOUR;

function event(office: Office, at: number, id: number, kind: number): void {
	record(office.history.events, at, id, kind, -1, 0);
}

function interaction(office: Office, at: number, id: number, type: number): void {
	const tenths = type === words.DOC_REQUEST ? 0 : integer(office.random, 30, 300);
	record(office.history.interactions, at, id, type, office.history.advocate[id] ?? -1, tenths);
}

function planTouch(office: Office, at: number, id: number): void {
	plan(office, afterOfficeHours(office.shifts, at, HOUR + exponential(office.random, 20.5 * HOUR)), id, DUE.touch);
}

function planResolution(office: Office, at: number, id: number): void {
	const { advocates, cases } = office.world;
	const advocate = office.history.advocate[id] ?? 0;
	const crowding = Math.max(1, (office.load[advocate] ?? 0) / (advocates.capacity[advocate] ?? 1));
	const payer = isSlowType(office, id) ? 0.7 * DAY + lognormal(office.random, 4 * DAY, 0.6) : 0;
	const effort = [0.9, 1, 1.2][cases.complexity[id] ?? 1] ?? 1;
	plan(office, at + payer + effort * crowding * crowding * (0.4 * DAY + lognormal(office.random, 2.75 * DAY, 0.95)), id, DUE.resolve);
}

function dispatch(office: Office, at: number): void {
	const { cases } = office.world;
	office.queue.sort((a, b) => (cases.urgency[b] ?? 0) - (cases.urgency[a] ?? 0) || a - b);
	office.queue = office.queue.filter((id) => {
		let advocate = findAdvocate(office, id, at, 'fitting');
		if (advocate < 0 && at - (cases.created[id] ?? 0) > ANYONE_AFTER) advocate = findAdvocate(office, id, at, 'anyone');
		if (advocate < 0) return true;
		const assigned = Math.floor(at + uniform(office.random, 0, TICK / 2));
		if (assigned > office.world.plan.end) return true;
		office.history.advocate[id] = advocate;
		office.history.assigned[id] = assigned;
		office.load[advocate] = (office.load[advocate] ?? 0) + 1;
		event(office, assigned, id, words.ASSIGNED);
		const delay = exponential(office.random, ([2.9, 2.5, 1.6][cases.urgency[id] ?? 1] ?? 1) * HOUR);
		plan(office, afterWork(office.shifts, advocate, assigned, 60 + delay), id, DUE.firstResponse);
		return false;
	});
}

function firstResponse(office: Office, at: number, id: number): void {
	const { history, random, world } = office;
	history.firstResponse[id] = Math.floor(at);
	event(office, at, id, words.FIRST_RESPONSE);
	interaction(office, at, id, reachBy(office, id));
	planTouch(office, at, id);
	const age = at - (world.cases.created[id] ?? 0);
	const patience = (isSlowType(office, id) ? 21 : 28) * DAY;
	plan(office, at + Math.sqrt(age * age + 2 * patience * exponential(random, patience / 2)) - age, id, DUE.escalate);
	if (world.cases.missingDocs[id] !== 1) return planResolution(office, at, id);
	const asked = at + uniform(random, 120, 1800);
	if (asked > world.plan.end) return;
	office.awaiting[id] = 1;
	history.docsRequested[id] = Math.floor(asked);
	event(office, asked, id, words.DOCS_REQUESTED);
	interaction(office, asked, id, words.DOC_REQUEST);
	const insurance = world.patients.insurance[world.cases.patient[id] ?? 0] ?? 0;
	const wait = 3 * HOUR + lognormal(random, 3.6 * DAY, 0.6);
	plan(office, arrival(office.incident, insurance, asked, wait), id, DUE.docsReceived);
}

function docsReceived(office: Office, at: number, id: number): void {
	office.awaiting[id] = 0;
	office.history.docsReceived[id] = Math.floor(at);
	event(office, at, id, words.DOCS_RECEIVED);
	planResolution(office, at, id);
}

function touchType(office: Office, id: number): number {
	const draw = office.random();
	if (office.awaiting[id] === 1) return draw < 0.4 ? words.DOC_REQUEST : reachBy(office, id);
	if (isSlowType(office, id)) return draw < 0.35 ? words.INSURER_FOLLOWUP : reachBy(office, id);
	return draw < 0.08 ? words.INSURER_FOLLOWUP : draw < 0.3 ? integer(office.random, words.CALL, words.CHAT) : reachBy(office, id);
}

/** The case is due for work: whoever has it works on it, or somebody else takes over, or it waits. */
function touch(office: Office, at: number, id: number): void {
	const { random, shifts, world } = office;
	const advocate = office.history.advocate[id] ?? 0;
	const present = atWork(shifts, advocate, at);
	const crowded = (office.load[advocate] ?? 0) > (world.advocates.capacity[advocate] ?? 0);
	const reason = present ? (crowded ? 0.08 : 0.04) + (fits(office, advocate, id) ? 0 : 0.25) : 0.5;
	const handed = chance(random, reason) && handOff(office, id, at, ['fitting', 'anyone']);
	if (!present && !handed) return plan(office, nextAtWork(shifts, advocate, at) + uniform(random, 0, 2 * HOUR), id, DUE.touch);
	interaction(office, at, id, touchType(office, id));
	planTouch(office, at, id);
}

function escalate(office: Office, due: number, id: number): void {
	const at = officeTime(office.shifts, office.random, due);
	if (at > due) return plan(office, at, id, DUE.escalate);
	office.history.escalated[id] = Math.floor(at);
	event(office, at, id, words.ESCALATED);
	if (chance(office.random, 0.4) && handOff(office, id, at, ['escalations', 'fitting'])) interaction(office, at, id, words.CALL);
}

function resolve(office: Office, at: number, id: number): void {
	const { history, random, shifts } = office;
	const advocate = history.advocate[id] ?? 0;
	const present = nextAtWork(shifts, advocate, at);
	if (present > at) return plan(office, present + uniform(random, 0, 3 * HOUR), id, DUE.resolve);
	history.open[id] = 0;
	office.load[advocate] = (office.load[advocate] ?? 0) - 1;
	event(office, at, id, words.RESOLVED);
	if ((history.resolved[id] ?? -1) >= 0) return;
	history.resolved[id] = Math.floor(at);
	office.life[id] = 1;
	if (chance(random, 0.65)) plan(office, at + HOUR + exponential(random, 1.5 * DAY), id, DUE.feedback);
	if (chance(random, 0.06)) plan(office, at + 0.5 * DAY + exponential(random, 5 * DAY), id, DUE.reopen);
}

/** The patient comes back: the advocate who had the case takes it again when at work and with room, else another one. */
function reopen(office: Office, due: number, id: number): void {
	const { history, random, world } = office;
	const at = officeTime(office.shifts, random, due);
	if (at > due) return plan(office, at, id, DUE.reopen);
	const before = history.advocate[id] ?? 0;
	const room = (office.load[before] ?? 0) < (world.advocates.limit[before] ?? 0);
	office.load[before] = (office.load[before] ?? 0) + 1;
	if (!(room && atWork(office.shifts, before, at)) && !handOff(office, id, at, ['fitting', 'anyone'])) {
		office.load[before] = (office.load[before] ?? 0) - 1;
		return plan(office, at + HOUR, id, DUE.reopen);
	}
	history.open[id] = 1;
	history.reopened[id] = Math.floor(at);
	event(office, at, id, words.REOPENED);
	interaction(office, at, id, reachBy(office, id));
	planTouch(office, at, id);
	plan(office, at + DAY + lognormal(random, 4 * DAY, 0.6), id, DUE.resolve);
}

function feedback(office: Office, at: number, id: number): void {
	const { history, random } = office;
	const escalated = (history.escalated[id] ?? -1) >= 0 ? 0.5 : 0;
	const score = normal(random, 4.1, 0.5) - 0.25 * (history.handoffs[id] ?? 0) - escalated;
	record(history.feedback, at, id, 0, -1, Math.round(10 * Math.min(5, Math.max(1, score))));
}

const HANDLERS = [firstResponse, docsReceived, touch, escalate, resolve, reopen, feedback] as const;

/** Plays the office from its first day to the end of the plan, where everything known is known. */
export function simulatePlanted(world: World, incident: Incident, onProgress: (done: number) => void): History {
	const office = newOffice(world, incident);
	const { cases, plan: frame } = world;
	let arrived = 0;
	for (let tick = 0; tick < frame.end; tick += TICK) {
		const until = Math.min(tick + TICK, frame.end);
		for (; arrived < frame.cases && (cases.created[arrived] ?? 0) < tick; arrived++) office.queue.push(arrived);
		if (office.queue.length > 0) dispatch(office, tick);
		while (nextAt(office.agenda) <= until) {
			const at = nextAt(office.agenda);
			const due = take(office.agenda);
			const id = due >> 4;
			const kind = (due >> 1) & 7;
			const afterwards = kind === DUE.reopen || kind === DUE.feedback;
			if (!afterwards && (office.history.open[id] === 0 || (due & 1) !== office.life[id])) continue;
			HANDLERS[kind]?.(office, at, id);
		}
		if (tick % (30 * DAY) === 0) onProgress(tick / frame.end);
	}
	for (let id = 0; id < frame.cases; id++) event(office, cases.created[id] ?? 0, id, words.OPENED);
	return office.history;
}
