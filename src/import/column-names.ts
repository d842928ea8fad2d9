/** Names as shown, from a header: trimmed, spaces within shortened, unique (a repeated one gets a number), an empty one by its place. */
export function columnNames(header: readonly string[], unnamed: (index: number) => string = (index) => `column ${String(index + 1)}`): string[] {
	const taken = new Set(header.map(tidy));
	const used = new Set<string>();
	return header.map((written, index) => {
		const name = tidy(written) || unnamed(index);
		let free = name;
		for (let i = 2; used.has(free) || (free !== tidy(written) && taken.has(free)); i++) free = `${name} (${String(i)})`;
		used.add(free);
		return free;
	});
}

const tidy = (text: string): string => text.replace(/\s+/gu, ' ').trim();
