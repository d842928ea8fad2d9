import { expect, test } from 'vitest';
import { charts } from '../../src/charts/index.ts';
import { tabbed, tableElement } from '../../src/ui/export/clipboard.ts';
import { standalone, svgText } from '../../src/ui/export/svg.ts';
import type { Twin } from '../../src/ui/twin-columns.ts';

const hostile = ['=1+1', '+x', '-x', '@x', '\tx', '\rx', '＝1+1', '<img src=x onerror="alert(1)">', '<script>alert(1)</script>', '</td></tr></table><b>x', '"quoted"', 'two\r\nlines', 'tab\there', ']]><x/>', '&lt;b&gt;'];
const dangerous = /^[=+\-@\t\r＝]/u;
const twin: Twin = { columns: ['text', '=head', 'number'], kinds: {}, rows: hostile.map((text, i) => ({ text, '=head': text, number: -i - 0.5 })) };

test('what is pasted as a table has one element a cell and no other, and no text that a spreadsheet would run', () => {
	const read = new DOMParser().parseFromString(tableElement(twin, document).outerHTML, 'text/html');
	const names = new Set([...read.body.querySelectorAll('*')].map((element) => element.tagName));
	expect([...names].sort()).toEqual(['TABLE', 'TBODY', 'TD', 'TH', 'THEAD', 'TR']);
	const rows = [...read.querySelectorAll('tbody tr')].map((row) => [...row.querySelectorAll('td')].map((cell) => cell.textContent));
	rows.forEach((row, i) => {
		// HTML turns line ends into one kind and nothing else.
		expect(row[0]).toBe(`${dangerous.test(hostile[i] ?? '') ? "'" : ''}${hostile[i] ?? ''}`.replaceAll(/\r\n?/g, '\n'));
		expect(row[2]).toBe(String(-i - 0.5));
	});
	expect(rows.length).toBe(hostile.length);
});

test('what is pasted as text has one line a row and one field a column, and no text that a spreadsheet would run', () => {
	const lines = tabbed(twin).split('\n').map((line) => line.split('\t'));
	expect(lines.length).toBe(hostile.length + 1);
	for (const [i, [text = '', head = '', number]] of lines.entries()) {
		expect(text).not.toMatch(dangerous);
		expect(head).not.toMatch(dangerous);
		if (i > 0) expect(number).toBe(String(-(i - 1) - 0.5));
	}
});

test('a picture that stands alone names its colours and says hostile words as text', () => {
	const rows = hostile.map((label, i) => ({ key: label, label, value: i + 1, n: 50, lo: i, hi: i + 2 }));
	const picture = charts.dots({ width: 500, rows, format: String });
	const tokens = { '--ink': '#111111', '--ink-2': '#222222', '--ink-3': '#333333', '--paper': '#ffffff', '--rule': '#dddddd', '--serif': 'Serif', '--sans': 'Sans' };
	const title = hostile.join(' ');
	const text = svgText(standalone(picture, { title, finding: `\u0001${hostile[7] ?? ''}`, claim: true, small: [hostile[8] ?? '', ''] }, tokens));
	expect(text).not.toMatch(/var\(/);
	const read = new DOMParser().parseFromString(text, 'image/svg+xml');
	expect(read.querySelector('parsererror')).toBeNull();
	const names = new Set([...read.querySelectorAll('*')].map((element) => element.localName));
	expect([...names].filter((name) => !['svg', 'g', 'text', 'tspan', 'title', 'desc', 'rect', 'line', 'circle', 'path'].includes(name))).toEqual([]);
	expect([...read.querySelectorAll('*')].flatMap((element) => [...element.attributes]).filter(({ name }) => /^(on|class$|tabindex|role|data-)/.test(name))).toEqual([]);
	expect(read.querySelector('svg > title')?.textContent.replaceAll(/\r\n?/g, '\n')).toBe(title.replaceAll(/\r\n?/g, '\n'));
	expect(read.querySelectorAll('circle').length).toBe(hostile.length);
	expect(read.documentElement.textContent).toContain('<script>alert(1)</script>');
});
