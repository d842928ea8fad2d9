const clean = (text: string): string => text.replace(/[\s\u0000-\u001f]+/g, ' ').trim();

/** Header records as one name a column, as they stood: the parts joined by a space. */
export function asTheyStood(records: readonly (readonly string[])[], width: number): string[] {
	return Array.from({ length: width }, (_, c) => records.map((cells) => cells[c]?.trim() ?? '').filter((part) => part !== '').join(' '));
}

/** A group's name stands over its first column only. */
function carried(cells: readonly string[], width: number): string[] {
	let last = '';
	return Array.from({ length: width }, (_, c) => (last = clean(cells[c] ?? '') || last));
}

/** Unique names that are not empty, also where letters' case is not told apart. `line` names are kept for the rows' own line. */
export function columnNames(records: readonly (readonly string[])[], width: number): { columns: string[]; empty: number[]; repeated: string[] } {
	const parts = records.map((cells, i) => (i < records.length - 1 ? carried(cells, width) : Array.from({ length: width }, (_, c) => clean(cells[c] ?? ''))));
	const taken = new Set(['_line', '_row']);
	const empty: number[] = [];
	const repeated: string[] = [];
	const wanted = Array.from({ length: width }, (_, c) => parts.map((cells) => cells[c] ?? '').filter((part, i, all) => part !== '' && part !== all[i - 1]).join(' '));
	const own = new Set(wanted.map((name) => name.toLowerCase()));
	const columns = wanted.map((name, c) => {
		if (name === '') empty.push(c + 1);
		const base = name === '' ? `column ${String(c + 1)}` : name;
		let unique = base;
		const clashes = (): boolean => taken.has(unique.toLowerCase()) || (unique !== name && own.has(unique.toLowerCase()));
		for (let n = 2; clashes(); n++) unique = `${base} (${String(n)})`;
		if (unique !== base && name !== '' && !repeated.includes(name)) repeated.push(name);
		taken.add(unique.toLowerCase());
		return unique;
	});
	return { columns, empty, repeated };
}
