import { describe, expect, test } from 'vitest';
import { hasShared, sharedFile, sharedNames, sharedText, taken, type Taken } from './support.ts';

/** The clean twins quote every cell and double quotes: RFC 4180, read here by a few lines of their own. */
function strict(text: string): string[][] {
	const rows: string[][] = [];
	const pattern = /"((?:[^"]|"")*)"(,|\r?\n|$)/g;
	let row: string[] = [];
	for (let found = pattern.exec(text); found && found[0] !== ''; found = pattern.exec(text)) {
		row.push((found[1] ?? '').replaceAll('""', '"'));
		if (found[2] === ',') continue;
		rows.push(row);
		row = [];
	}
	return rows;
}

const twin = (name: string): string[][] => strict(sharedText(`hard-csv/pollock/clean/${name}`));
const table = ({ source, rows }: Taken): string[][] => [...(source.header.length > 0 ? [[...source.header]] : []), ...rows.map((row) => row.map((cell) => cell ?? ''))];

/** Cells that hold spaces and are not quoted, in a file whose delimiter is the space: no reader can tell where they end. */
const spaces = 'file_field_delimiter_0x20.csv';
const empty = 'file_no_payload.csv';

describe.skipIf(!hasShared)('Pollock (needs ../shared/data)', () => {
	test.each(sharedNames('hard-csv/pollock/csv').filter((name) => name !== spaces && name !== empty))('%s matches its clean twin', async (name) => {
		expect(table(await taken(sharedFile(`hard-csv/pollock/csv/${name}`)))).toEqual(twin(name));
	});

	test(`${empty} has no bytes and is refused`, async () => {
		expect(twin(empty)).toEqual([]);
		await expect(taken(sharedFile(`hard-csv/pollock/csv/${empty}`))).rejects.toMatchObject({ code: 'files.empty' });
	});

	test(`${spaces}: a line that its delimiter cuts into another number of cells is skipped by name, every other one matches`, async () => {
		const read = await taken(sharedFile(`hard-csv/pollock/csv/${spaces}`));
		const clean = twin(spaces);
		expect(read.source.dialect?.delimiter.value).toBe(' ');
		expect(read.source.rows + read.source.skipped).toBe(clean.length - 1);
		const skipped = new Set(read.source.skippedLines.map(({ line }) => line));
		read.rows.forEach((row, i) => {
			const line = read.lines[i] ?? 0;
			expect(skipped.has(line)).toBe(false);
			expect(row.map((cell) => cell ?? '')).toEqual(clean[line - 1]);
		});
	});

	test.each([
		['file_multitable_less.csv', 'second-table'],
		['file_multitable_more.csv', 'second-table'],
		['file_multitable_same.csv', 'repeated-table'],
	])('%s: every line of the second table is skipped with its reason', async (name, code) => {
		const { source } = await taken(sharedFile(`hard-csv/pollock/csv/${name}`));
		const lines = sharedText(`hard-csv/pollock/csv/${name}`).trimEnd().split('\n').length;
		expect(source.rows + source.skipped + 1).toBe(lines);
		expect(source.skippedLines.map((line) => line.line)).toEqual(Array.from({ length: lines - 84 }, (_, i) => i + 85));
		expect(source.skippedLines.filter((line) => line.code === code).length).toBeGreaterThanOrEqual(lines - 86);
	});
});
