import { harmless, type CsvCell } from '../../lib/csv.ts';
import { ThroughlineError } from '../../lib/errors.ts';
import type { Twin } from '../twin-columns.ts';

const said = (cell: CsvCell): string => (cell === null || cell === undefined ? '' : typeof cell === 'string' ? harmless(cell) : String(cell));

/** Lines of cells between tabs; a cell's own tabs and line ends become spaces. */
export function tabbed({ columns, rows }: Twin): string {
	const line = (cells: readonly string[]): string => cells.map((cell) => cell.replaceAll(/[\t\r\n]+/g, ' ')).join('\t');
	return [line(columns.map(said)), ...rows.map((row) => line(columns.map((column) => said(row[column]))))].join('\n');
}

/** A table of elements, so that no cell is ever read as markup. */
export function tableElement({ columns, rows }: Twin, page: Document = document): HTMLTableElement {
	const table = page.createElement('table');
	const add = (parent: Element, name: string, text = ''): Element => {
		const child = page.createElement(name);
		child.textContent = text;
		parent.append(child);
		return child;
	};
	const head = add(add(table, 'thead'), 'tr');
	for (const column of columns) add(head, 'th', said(column));
	const body = add(table, 'tbody');
	for (const row of rows) {
		const line = add(body, 'tr');
		for (const column of columns) add(line, 'td', said(row[column]));
	}
	return table;
}

/** As a table where the browser can carry one, else as text. Throws `export.copy` where it may not copy at all. */
export async function copyTable(twin: Twin): Promise<void> {
	const [plain, html] = [tabbed(twin), tableElement(twin).outerHTML];
	try {
		if (typeof ClipboardItem === 'undefined') await navigator.clipboard.writeText(plain);
		else await navigator.clipboard.write([new ClipboardItem({ 'text/plain': new Blob([plain], { type: 'text/plain' }), 'text/html': new Blob([html], { type: 'text/html' }) })]);
	} catch {
		if (!copiedByCommand(plain, html)) throw new ThroughlineError('export.copy');
	}
}

/** Without permission for the clipboard, or on a page that is not served securely, the old command may still copy. */
function copiedByCommand(plain: string, html: string): boolean {
	const put = (event: ClipboardEvent): void => {
		event.preventDefault();
		event.clipboardData?.setData('text/plain', plain);
		event.clipboardData?.setData('text/html', html);
	};
	document.addEventListener('copy', put, { once: true });
	try {
		return document.execCommand('copy');
	} finally {
		document.removeEventListener('copy', put);
	}
}
