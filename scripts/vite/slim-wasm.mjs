const exportSection = 7;

function reader(bytes, start = 0) {
	let at = start;
	const number = () => {
		let [value, shift] = [0, 0];
		for (;;) {
			const byte = bytes[at++];
			value += (byte & 0x7f) * 2 ** shift;
			if (byte < 0x80) return value;
			shift += 7;
		}
	};
	const take = (length) => bytes.subarray(at, (at += length));
	return { number, take, byte: () => bytes[at++], at: () => at };
}

function leb(value) {
	const bytes = [];
	do {
		bytes.push((value & 0x7f) | (value > 0x7f ? 0x80 : 0));
		value = Math.floor(value / 128);
	} while (value > 0);
	return Buffer.from(bytes);
}

const section = (id, content) => [Buffer.from([id]), leb(content.length), content];

function withExports(content, keep) {
	const read = reader(content);
	const kept = [];
	for (let left = read.number(); left > 0; left -= 1) {
		const start = read.at();
		const name = read.take(read.number()).toString('utf8');
		read.byte();
		read.number();
		if (keep(name)) kept.push(content.subarray(start, read.at()));
	}
	return Buffer.concat([leb(kept.length), ...kept]);
}

/** The same module without the exports that `keep` does not name. */
export function slimWasm(bytes, keep) {
	const parts = [bytes.subarray(0, 8)];
	const read = reader(bytes, 8);
	while (read.at() < bytes.length) {
		const id = read.byte();
		const content = read.take(read.number());
		parts.push(...section(id, id === exportSection ? withExports(content, keep) : content));
	}
	const slim = Buffer.concat(parts);
	if (!WebAssembly.validate(slim)) throw new Error('The wasm without its idle exports is not valid.');
	return slim;
}

/**
 * DuckDB's wasm exports all its 75,000 symbols, for extensions that link to them while it runs; here none is ever loaded.
 * What is kept is every name that its JavaScript (`glue`) holds as a word: 0.9 MB less to fetch, and no 75,000 to go through at start.
 */
export function namedIn(glue) {
	const words = new Set(glue.match(/[\w$]+/g));
	return (name) => words.has(name);
}
