import { chance, exponential, integer, lognormal, normal, randomStream, uniform } from '../../../lib/random.ts';
import type { Random } from '../../../lib/random.ts';
import { DAY, HOUR } from './plan.ts';
import * as words from './vocabulary.ts';
import { newHistory, openCases, record } from './world.ts';
import type { History, World } from './world.ts';

const TOUCH_EVERY = 2.55 * DAY;
const INTERACTION_WEIGHTS = [0.27, 0.25, 0.24, 0.1, 0.14];
const HANDOFF = 0.22;
const ESCALATION = 0.047;
const RECEIPT = 0.5;

function interactionType(random: Random): number {
	let left = random();
	for (let type = 0; type < 4; type++) if ((left -= INTERACTION_WEIGHTS[type] ?? 0) < 0) return type;
	return words.INSURER_FOLLOWUP;
}

/** Longer than any first response, so that the two can be drawn apart. */
function resolutionTime(random: Random): number {
	return DAY + lognormal(random, 7.4 * DAY, 0.8);
}

function responseTime(random: Random): number {
	for (;;) {
		const time = 600 + lognormal(random, 3.2 * HOUR, 1.1);
		if (time < 0.9 * DAY) return time;
	}
}

/**
 * Every case runs alone. Touches come at a constant rate from the first response on, and handoffs, escalations and received
 * documents are marks on touches, drawn whatever the case is and however long it lasts: the length is drawn apart and only
 * cuts them off. A mark adds no touch, so nothing about staleness follows from it either.
 */
function playCase(world: World, history: History, random: Random, id: number): void {
	const { cases, plan } = world;
	const { events, interactions } = history;
	const created = cases.created[id] ?? 0;
	const response = responseTime(random);
	const assigned = Math.floor(created + response * uniform(random, 0.2, 0.7));
	const first = Math.floor(created + response);
	const resolved = Math.floor(created + resolutionTime(random));
	const reopened = chance(random, 0.06) ? Math.floor(resolved + 0.5 * DAY + exponential(random, 5.5 * DAY)) : Infinity;
	const again = reopened < Infinity ? Math.floor(reopened + DAY + lognormal(random, 4.5 * DAY, 0.6)) : Infinity;
	const known = (at: number) => at <= plan.end;

	let advocate = integer(random, 0, plan.advocates - 1);
	record(events, created, id, words.OPENED, -1, 0);
	const event = (at: number, kind: number) => record(events, at, id, kind, -1, 0);
	const touch = (at: number) => {
		const type = interactionType(random);
		record(interactions, at, id, type, advocate, type === words.DOC_REQUEST ? 0 : integer(random, 30, 300));
	};
	if (known(assigned)) {
		history.assigned[id] = assigned;
		history.advocate[id] = advocate;
		event(assigned, words.ASSIGNED);
	}
	if (known(first)) {
		history.firstResponse[id] = first;
		event(first, words.FIRST_RESPONSE);
		touch(first);
		if (cases.missingDocs[id] === 1) {
			history.docsRequested[id] = first;
			event(first, words.DOCS_REQUESTED);
		}
	}
	for (let at = first; ; ) {
		at += 1 + Math.floor(exponential(random, TOUCH_EVERY));
		if (!known(at) || at > again || (at > resolved && reopened === Infinity)) break;
		if (at > resolved && at < reopened) continue;
		if (chance(random, HANDOFF)) {
			advocate = (advocate + integer(random, 1, plan.advocates - 1)) % plan.advocates;
			history.advocate[id] = advocate;
			history.handoffs[id] = (history.handoffs[id] ?? 0) + 1;
		}
		touch(at);
		const marks = random();
		if (at > resolved) continue;
		if (marks < ESCALATION && (history.escalated[id] ?? -1) < 0) {
			history.escalated[id] = at;
			event(at, words.ESCALATED);
		}
		if (cases.missingDocs[id] === 1 && (history.docsReceived[id] ?? -1) < 0 && chance(random, RECEIPT)) {
			history.docsReceived[id] = at;
			event(at, words.DOCS_RECEIVED);
		}
	}
	if (!known(resolved)) return;
	history.resolved[id] = resolved;
	history.open[id] = known(reopened) && !known(again) ? 1 : 0;
	event(resolved, words.RESOLVED);
	if (known(reopened)) {
		history.reopened[id] = reopened;
		event(reopened, words.REOPENED);
	}
	if (known(again)) event(again, words.RESOLVED);
	const answered = resolved + HOUR + exponential(random, 1.5 * DAY);
	if (chance(random, 0.65) && known(answered)) {
		record(history.feedback, answered, id, 0, -1, Math.round(10 * Math.min(5, Math.max(1, normal(random, 3.72, 0.66)))));
	}
}

/**
 * The same kinds of things at about the same rates, with no effect of anything on anything. Who gets a case does not depend on
 * load, so a capacity is raised, where need be, to what its advocate happens to carry.
 */
export function simulateNull(world: World, onProgress: (done: number) => void): History {
	const { plan, advocates } = world;
	const history = newHistory(plan.cases);
	const random = randomStream(plan.seed, 'null');
	for (let id = 0; id < plan.cases; id++) {
		playCase(world, history, random, id);
		if (id % 5000 === 0) onProgress(id / plan.cases);
	}
	openCases(world, history).forEach((open, i) => (advocates.capacity[i] = Math.max(advocates.capacity[i] ?? 0, open)));
	return history;
}
