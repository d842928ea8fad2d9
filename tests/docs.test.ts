import { expect, test } from 'vitest';
import type { Pack, RawColumn, RawTable } from '../src/pack/types.ts';
import { packs } from '../src/packs/index.ts';

const types: Readonly<Record<RawColumn['type'], string>> = { text: 'text', integer: 'whole number', number: 'number', timestamp: 'date and time', boolean: 'yes or no', json: 'JSON object' };

function column(name: string, { type, filled, required, about, synonyms = [], values, valueSynonyms = {} }: RawColumn): string {
	const need = filled === true ? 'every row' : required === false ? 'optional' : 'usual';
	const list = values ? ` One of: ${values.map((value) => `${value}${valueSynonyms[value] ? ` (also ${valueSynonyms[value].join(', ')})` : ''}`).join('; ')}.` : '';
	return `| \`${name}\` | ${types[type]} | ${need} | ${about}.${list} | ${synonyms.join(', ')} |`;
}

const table = (name: string, contract: RawTable): string => `#### ${name}: ${contract.grain} on each row\n\n| column | holds | needed on | what it is | also known as |\n|---|---|---|---|---|\n${Object.entries(contract.columns).map(([each, one]) => column(each, one)).join('\n')}`;

const section = ({ label, about, raw }: Pack): string => `### ${label}\n\n${about}\n\n${Object.entries(raw).map(([name, contract]) => table(name, contract)).join('\n\n')}`;

const page = `# Bring your own files

Drop files on the page, choose them in the data menu, or paste a table. They are read on this device and go nowhere.

Read are CSV, TSV and text with any other delimiter, JSON (a list of records, nested ones too), JSON lines, Excel workbooks (.xlsx), Parquet and
event logs (XES), each also inside .gz and .zip. Old Excel (.xls), PDF, pictures and databases are refused by name.

Files whose headings are those below, or plainly mean them, open at once. All others lead to a page that shows what each file was taken for, why,
and what else it could be; nothing is built before its questions are answered, and every choice can be changed later (*How these files were read*).

## What is asked, and when

| what the file leaves open | what happens |
|---|---|
| dates that fit day-first and month-first alike | asked, with the cells that decide, or the statement that none does |
| a column that mixes forms of dates | each form is judged by itself; the form that nothing decides is asked about |
| \`1,234\` in every cell: thousands or decimals | asked |
| whole numbers that could be dates (Excel days, seconds since 1970) | asked where the heading does not say it |
| two-digit years that could lie in two centuries | asked |
| \`0\`, \`-1\`, \`9999\`, \`N/A\`, \`?\`, \`None\` that may mean nothing was entered | asked where it changes a value; in a column of text the word stays a value unless you say otherwise |
| letters that are not UTF-8 | the likeliest encoding is shown with its reason, and can be changed |
| values of a closed list under other names (\`closed\`, \`urgent\`) | mapped where they are known, shown where they are not |
| columns that nothing asks for | come along as further filters, where they have few values |
| columns that look like names, e-mail, phone, record numbers, birth dates, addresses, ZIP codes, or free text | marked; kept, dropped, replaced by a random surrogate, generalised or shifted, as you say. Free text is left out unless you keep it |

Rows are never repaired. *Rows read = loaded + set aside + skipped* stands on the page, and every row set aside or skipped can be opened with its file, line and reason.
A second file for the same table adds its rows, at once or later by “Add files to this data”. Identical rows collapse; of rows that share a key
and differ, the one of the later file stands or all are set aside, as is said and can be changed before they are opened. An import is undone by
“Undo this import” or Ctrl+Z. Columns that no file has are named beforehand with the tiles that need them, and those tiles say so afterwards.
A table that belongs to no pack gets views of its own, inferred from its columns; the inference is shown and can be edited.

Imported files and the choices about them are kept on this device (in the browser's private file system) until you forget them in the data menu.

## What each pack reads

*Every row*: without a value there, a row is set aside. *Usual*: what rests on it stays empty. *Optional*: may be missing.

${Object.values(packs).map(section).join('\n\n')}
`;

test('the page about files says what the packs read: after a change of a contract, `npx vitest run tests/docs.test.ts -u` writes it', async () => {
	await expect(page).toMatchFileSnapshot('../docs/bring-your-own-files.md');
});
