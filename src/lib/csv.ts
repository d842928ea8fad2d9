/** Comma-separated text by RFC 4180 with CRLF. Numbers are written plainly, instants as ISO, missing values as nothing. */

export type CsvCell = string | number | boolean | bigint | null | undefined;

/** What spreadsheets take for a formula (OWASP, CSV injection); full-width forms included. */
const formula = /^[=+\-@\t\r\n＝＋－＠]/u;

function cellText(cell: CsvCell): string {
	if (cell === null || cell === undefined) return '';
	if (typeof cell !== 'string') return String(cell);
	const harmless = formula.test(cell) ? `'${cell}` : cell;
	return /[",\r\n]/.test(harmless) || harmless !== harmless.trim() ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

export function toCsv(columns: readonly string[], rows: readonly Readonly<Record<string, CsvCell>>[]): string {
	const lines = [columns.map(cellText).join(','), ...rows.map((row) => columns.map((column) => cellText(row[column])).join(','))];
	return `${lines.join('\r\n')}\r\n`;
}
