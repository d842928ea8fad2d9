/** Comma-separated text by RFC 4180 with CRLF. Numbers are written plainly, instants as ISO, missing values as nothing. */

export type CsvCell = string | number | boolean | bigint | null | undefined;

/** What spreadsheets take for a formula (OWASP, CSV injection); full-width forms included. */
const formula = /^[=+\-@\t\r\n＝＋－＠]/u;

/** A text that a spreadsheet would run gets one quote before it. */
export const harmless = (text: string): string => (formula.test(text) ? `'${text}` : text);

function cellText(cell: CsvCell): string {
	if (cell === null || cell === undefined) return '';
	if (typeof cell !== 'string') return String(cell);
	const text = harmless(cell);
	return /[",\r\n]/.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text;
}

export function toCsv(columns: readonly string[], rows: readonly Readonly<Record<string, CsvCell>>[]): string {
	const lines = [columns.map(cellText).join(','), ...rows.map((row) => columns.map((column) => cellText(row[column])).join(','))];
	return `${lines.join('\r\n')}\r\n`;
}
