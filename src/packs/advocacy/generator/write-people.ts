import { encodeText, pushBytes, pushDate, pushInteger, pushNull, pushText, pushTimestamp } from '../../../lib/text-columns.ts';
import type { TextColumn } from '../../../lib/text-columns.ts';
import type { GeneratedTable } from '../../../pack/types.ts';
import { count, drawDefect, newDirt, unreadableDate, unreadableNumber } from './dirt.ts';
import { DAY } from './plan.ts';
import { endRow, finish, tableWriter } from './table-writer.ts';
import * as words from './vocabulary.ts';
import type { World } from './world.ts';

/** A function that writes the word for a code. */
export function coded(values: readonly string[]): (column: TextColumn, code: number | undefined) => void {
	const encoded = values.map(encodeText);
	return (column, code) => {
		const word = encoded[code ?? -1];
		if (word) pushBytes(column, word);
		else pushNull(column);
	};
}

const pushInsurance = coded(words.INSURANCE_TYPES);
const pushChannel = coded(words.CHANNELS);
const pushState = coded(words.STATES);
const pushSpecialty = coded(words.SPECIALTIES);
const pushTeam = coded(words.TEAMS);

function pushHundredths(column: TextColumn, hundredths: number): void {
	pushText(column, `0.${hundredths < 10 ? '0' : ''}${hundredths}`);
}

export function writePatients(world: World, counts: Record<string, number>): GeneratedTable {
	const { patients, plan } = world;
	const dirt = newDirt(plan.seed, 'patients', 0.002, ['duplicate_identical', 'unparseable_number', 'unparseable_date'], counts);
	const table = tableWriter(['id', 'insurance_type', 'preferred_channel', 'state', 'risk_score', 'created_at'], plan.patients);
	const row = (id: number, defect: string | null) => {
		const { columns } = table;
		pushInteger(columns.id, id + 1);
		pushInsurance(columns.insurance_type, patients.insurance[id]);
		pushChannel(columns.preferred_channel, patients.channel[id]);
		pushState(columns.state, patients.state[id]);
		const risk = patients.risk[id] ?? -1;
		if (defect === 'unparseable_number') pushBytes(columns.risk_score, unreadableNumber(dirt));
		else if (risk < 0) pushNull(columns.risk_score);
		else pushHundredths(columns.risk_score, risk);
		if (defect === 'unparseable_date') pushBytes(columns.created_at, unreadableDate(dirt));
		else pushTimestamp(columns.created_at, plan.firstDay * DAY + (patients.created[id] ?? 0));
		endRow(table);
	};
	for (let id = 0; id < plan.patients; id++) {
		const defect = drawDefect(dirt);
		row(id, defect);
		if (defect === 'duplicate_identical') row(id, null);
		if (defect) count(dirt, defect);
	}
	return finish(table);
}

export function writeAdvocates(world: World): GeneratedTable {
	const { advocates, plan } = world;
	const table = tableWriter(['id', 'name', 'specialty', 'team', 'capacity', 'hire_date'], plan.advocates);
	advocates.names.forEach((name, id) => {
		const { columns } = table;
		pushInteger(columns.id, id + 1);
		pushText(columns.name, name);
		pushSpecialty(columns.specialty, advocates.specialty[id]);
		pushTeam(columns.team, advocates.team[id]);
		pushInteger(columns.capacity, advocates.capacity[id] ?? 0);
		pushDate(columns.hire_date, advocates.hired[id] ?? 0);
		endRow(table);
	});
	return finish(table);
}
