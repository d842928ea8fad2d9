import { counted, countText, listText } from '../format.ts';

type Because = 'no-table' | 'no-column' | 'dropped' | 'empty';

const why: Readonly<Record<Because, string>> = {
	'no-table': 'there is no file with it',
	'no-column': 'the files have no such column',
	dropped: 'that column was dropped for privacy',
	empty: 'nothing stands in that column of the files',
};

/** What the files do not have, and what does not stand because of it. */
export const lacking = {
	/** A column with what it is about, a table with what a row of it is. */
	thing: (name: string, about: string) => {
		const [said = ''] = about.split(';');
		return `${name} (${/^[A-Z][a-z]/.test(said) ? said.charAt(0).toLowerCase() + said.slice(1) : said})`;
	},
	needs: (things: readonly string[], because: readonly Because[]) => {
		const one = new Set(because);
		if (things.length === 1) return `Needs ${things[0] ?? ''}; ${why[because[0] ?? 'no-column']}.`;
		return `Rests on ${listText(things)}; ${one.size > 1 || one.has('dropped') || one.has('empty') ? 'nothing of it came in' : things.length === 2 ? 'the files have neither' : 'the files have none of these'}.`;
	},
	left: (things: readonly string[]) => `Left out here, because the files do not have it: what rests on ${listText(things)}.`,
	noStep: (groups: readonly string[]) => `No step has become slower for any ${groups.length <= 1 ? (groups[0] ?? '') : `${groups.slice(0, -1).join(', ')} or ${groups.at(-1) ?? ''}`}, beyond noise`,
	tooFew: (many: string) => `There are too few ${many} to compare anything here`,
	/** On the page of questions. */
	title: 'What these files do not have',
	finding: (missing: number, tiles: number) => `${missing === 1 ? 'One column or table' : `${countText(missing)} columns or tables`} that could be there; ${tiles === 0 ? 'every tile can do without' : `${counted(tiles, ['tile or card', 'tiles and cards'])} will say so`}`,
	caption: 'Missing columns, and the tiles that need them',
	columns: { column: 'Not in these files', tiles: 'Tiles that will lack it' },
	without: (names: readonly string[]) => `Every tile can do without ${listText(names)}.`,
	whole: (table: string) => `${table} (the whole table)`,
	tile: (view: string, title: string) => `${view}: ${title}`,
} as const;
