import type { InputFile } from '../../engine/api.ts';
import { freeName } from './names.ts';

interface Printed {
	file: InputFile;
	print: string;
}

/** Those of some files whose bytes are not among these already, under names that these do not have. */
export function addedTo(these: readonly Printed[], files: readonly Printed[]): InputFile[] {
	const known = new Set(these.map(({ print }) => print));
	const names = new Set(these.map(({ file }) => file.name));
	return files.flatMap(({ file, print }) => {
		if (known.has(print)) return [];
		const name = freeName(file.name, names);
		known.add(print);
		names.add(name);
		return [{ name, blob: file.blob }];
	});
}
