import { describe, expect, test } from 'vitest';
import { hasShared, sharedFile, taken } from './support.ts';

describe.skipIf(!hasShared)('real files (needs ../shared/data)', () => {
	test.each([
		['solace/patients.csv', 1200],
		['solace/advocates.csv', 30],
		['solace/cases.csv', 1500],
		['solace/interactions.csv', 8171],
		['solace/case_events.csv', 7085],
		['solace/patient_feedback.csv', 1258],
		['tracker/cases_analysis_ready.csv', 40],
		['tracker/interactions_analysis_ready.csv', 157],
		['call-center/Call Center.csv', 32_941],
		['call-center/Call Center (mixed dates, csat 0).csv', 32_941],
		['complaints/cfpb_consumer_complaints_elvus.csv', 268],
		['complaints/cfpb_consumer_complaints_bkreis.csv', 349],
		['hospital/patients_raw.csv', 5442],
		['hospital/nhs_ae_attendances.csv', 12_765],
		['event-logs/running-example.csv', 42],
		['event-logs/running_example_notebook_semicolon.csv', 42],
		['event-logs/receipt.csv', 8577],
	])('%s has %i rows, nothing skipped, the delimiter beyond doubt', async (path, rows) => {
		const { source, lines } = await taken(sharedFile(path));
		expect(source).toMatchObject({ rows, skipped: 0, dialect: { headers: { value: 1 }, delimiter: { sure: true }, encoding: { value: 'utf-8' } } });
		expect(lines).toEqual([...lines].sort((a, b) => a - b));
	});

	test('the clean copy of Call Center has 20,670 calls without a CSAT and 12,271 with one, 824,222 minutes in all', async () => {
		const { columns, rows } = await taken(sharedFile('call-center/Call Center.csv'));
		const column = (name: string): (string | null)[] => rows.map((row) => row[columns.indexOf(name)] ?? null);
		expect(column('csat_score').filter((cell) => cell === null)).toHaveLength(20_670);
		expect(column('csat_score').filter((cell) => cell !== null)).toHaveLength(12_271);
		expect(column('call duration in minutes').reduce((sum, cell) => sum + Number(cell), 0)).toBe(824_222);
	});

	test('the narratives of elvus keep their line breaks: 268 records on 597 lines', async () => {
		const { rows, lines, columns } = await taken(sharedFile('complaints/cfpb_consumer_complaints_elvus.csv'));
		const narratives = rows.map((row) => row[columns.indexOf('Consumer complaint narrative')] ?? '');
		const breaks = rows.flat().reduce((sum, cell) => sum + (cell?.split('\n').length ?? 1) - 1, 0);
		// The last of the 597 line ends is followed by one more line, and the header is one record.
		expect(breaks).toBe(598 - 269);
		expect(narratives.some((text) => text.includes('\n'))).toBe(true);
		expect(lines.at(-1)).toBeLessThanOrEqual(598);
	});
});
