/** Reads RFC 4180 and nothing more: what an exported file must be readable by. */
export function parseCsv(text: string): string[][] {
	const rows: string[][] = [];
	let [row, cell, quoted]: [string[], string, boolean] = [[], '', false];
	for (let i = 0; i < text.length; i++) {
		const c = text[i] ?? '';
		if (quoted && c === '"' && text[i + 1] === '"') {
			cell += '"';
			i++;
		} else if (c === '"') quoted = !quoted;
		else if (c === ',' && !quoted) {
			row.push(cell);
			cell = '';
		} else if (c === '\r' && !quoted && text[i + 1] === '\n') {
			rows.push([...row, cell]);
			[row, cell] = [[], ''];
			i++;
		} else cell += c;
	}
	return rows;
}
