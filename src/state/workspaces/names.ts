import type { Workspace } from './manifest.ts';

/** The folder that all files come from, or what they are called; with a number where that is taken. */
export function freeNameFor(files: readonly { name: string }[], taken: readonly Pick<Workspace, 'name'>[]): string {
	const folders = new Set(files.map(({ name }) => name.split('/').slice(0, -1)[0] ?? ''));
	const [folder = ''] = folders;
	const bare = files.map(({ name }) => (name.split('/').at(-1) ?? name).replace(/(\.[a-z0-9]{1,8}){1,2}$/i, ''));
	const name = folders.size === 1 && folder !== '' ? folder : bare.length > 2 ? `${bare.slice(0, 2).join(', ')} and ${String(bare.length - 2)} more` : bare.join(' and ');
	const used = new Set(taken.map((each) => each.name));
	for (let i = 1; ; i++) {
		const each = i === 1 ? name : `${name} (${String(i)})`;
		if (!used.has(each)) return each;
	}
}

/** `day.csv`, or `day (2).csv` where that is taken. */
export function freeName(name: string, taken: ReadonlySet<string>): string {
	const [, stem = name, ending = ''] = /^(.*?)((?:\.[A-Za-z0-9]{1,8}){0,2})$/s.exec(name) ?? [];
	for (let i = 1; ; i++) {
		const each = i === 1 ? name : `${stem} (${String(i)})${ending}`;
		if (!taken.has(each)) return each;
	}
}
