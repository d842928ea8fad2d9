import { ThroughlineError } from '../../lib/errors.ts';
import type { Generated, GenerateRequest } from '../../pack/types.ts';
import { newIncident } from './generator/incident.ts';
import { planFor } from './generator/plan.ts';
import { plantedEffects } from './generator/planted.ts';
import { newWorld } from './generator/population.ts';
import { simulateNull } from './generator/simulate-null.ts';
import { simulatePlanted } from './generator/simulate-planted.ts';
import { writeCases } from './generator/write-cases.ts';
import { writeEvents, writeFeedback, writeInteractions } from './generator/write-logs.ts';
import { writeAdvocates, writePatients } from './generator/write-people.ts';

/** The raw tables of the pack for a seed, size and scenario; the same bytes wherever it runs. `done` goes from 0 to 1 in each phase. */
export function generate(request: GenerateRequest, onProgress: (phase: string, done: number) => void = () => {}): Generated {
	if (request.scenario !== 'planted' && request.scenario !== 'null') {
		throw new ThroughlineError('request.invalid', { what: 'The scenario', given: request.scenario, allowed: 'planted, null' });
	}
	const plan = planFor(request);
	const world = newWorld(plan);
	const incident = newIncident(plan);
	const playing = (done: number) => onProgress('cases', done);
	const planted = request.scenario === 'planted';
	const history = planted ? simulatePlanted(world, incident, playing) : simulateNull(world, playing);

	const dirty: Record<string, number> = {};
	const steps = [
		['patients', () => writePatients(world, dirty)],
		['advocates', () => writeAdvocates(world)],
		['cases', () => writeCases(world, history, dirty)],
		['interactions', () => writeInteractions(world, history, dirty)],
		['case_events', () => writeEvents(world, history, dirty)],
		['patient_feedback', () => writeFeedback(world, history, dirty)],
	] as const;
	const tables: Generated['tables'] = {};
	steps.forEach(([name, write], step) => {
		onProgress('rows', step / steps.length);
		tables[name] = write();
	});
	onProgress('rows', 1);
	const rows = Object.values(tables).reduce((sum, table) => sum + table.rows, 0);
	return { tables, manifest: { ...request, rows, planted: planted ? plantedEffects(world, incident) : [], dirty } };
}
