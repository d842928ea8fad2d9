/** Phrases are made in the engine's worker, which knows nothing of the reader's locale. */
const written = new Intl.NumberFormat('en-GB');
const countText = (value: number): string => written.format(value);
const listText = (items: readonly (string | number)[]): string => (items.length < 2 ? String(items[0] ?? '') : `${items.slice(0, -1).join(', ')} and ${String(items.at(-1))}`);

const lines = (n: number): string => `${countText(n)} ${n === 1 ? 'line' : 'lines'}`;

const shown: Readonly<Record<string, string>> = { '\t': 'tab', ' ': 'space', ',': 'comma', ';': 'semicolon', '|': 'vertical bar', ':': 'colon', '\u0001': 'control character 1', ', ': 'comma and space', '; ': 'semicolon and space' };

/** How delimited text was read, and why. */
export const dialects = {
	chosen: 'you chose it',
	delimiterName: (delimiter: string) => shown[delimiter] ?? delimiter,
	encoding: {
		mark: 'the file begins with the mark of this encoding',
		markBut: (places: number, line: number) => `the file begins with its mark, but ${countText(places)} ${places === 1 ? 'place' : 'places'} cannot be read so, the first in line ${String(line)}`,
		zeros: 'every second byte is zero, as in text of two bytes a character',
		ascii: 'all characters are plain ASCII, which every encoding writes alike',
		valid: (characters: number) => `all ${countText(characters)} characters beyond ASCII are well-formed UTF-8`,
		mostly: (good: number, bad: number, line: number) => `${countText(good)} characters beyond ASCII are well-formed UTF-8, ${countText(bad)} ${bad === 1 ? 'place is' : 'places are'} not, the first in line ${String(line)}`,
		legacy: (line: number, same: readonly string[]) =>
			`line ${String(line)} is not UTF-8, and in this encoding the letters make the likeliest words${same.length > 0 ? `; ${listText(same)} would give the same text` : ''}`,
	},
	delimiter: {
		separatorLine: 'the first line says so',
		even: (share: number, width: number) => `${share >= 0.9995 ? 'all lines have' : `${String(Math.floor(share * 1000) / 10)} % of the lines have`} ${String(width)} cells so`,
		single: 'nothing separates cells evenly: each line is one cell',
	},
	quote: {
		used: (cells: number) => `${countText(cells)} ${cells === 1 ? 'cell begins and ends' : 'cells begin and end'} with it`,
		unused: 'no cell is quoted where it was looked at; this is the usual one',
		loose: 'quotes stand inside texts and enclose no cell',
	},
	escape: {
		doubled: 'quotes inside quoted cells are doubled',
		backslash: 'a backslash stands before quotes inside quoted cells',
		none: 'quotes inside quoted cells stand as they are',
		pairs: 'the other kind of quote stands in pairs only',
		unused: 'no quote stands inside a quoted cell; this is the usual way',
	},
	preamble: {
		none: 'the table begins in the first line',
		separatorLine: 'the first line names the delimiter',
		some: (before: number, comments: boolean) => `the first ${lines(before)} ${comments ? 'are comments or have' : 'have'} fewer filled cells than the table`,
	},
	headers: {
		data: (columns: number) => `the first record reads like the data under it in ${countText(columns)} ${columns === 1 ? 'column' : 'columns'}`,
		none: 'the first record holds no names that differ',
		several: (records: number) => `${countText(records)} records stand above the data that read like names`,
		typed: (differing: number, typed: number) => `the first record differs in kind from what is under it in ${countText(differing)} of ${countText(typed)} ${typed === 1 ? 'column' : 'columns'} of numbers, dates or codes`,
		likely: 'the first record could be names: all differ and none is a number or a date',
		uneven: 'the first record reads like names, but has another number of cells than the rows',
	},
	footer: {
		none: 'the last records read like the others',
		some: (records: number) => `the last ${countText(records)} ${records === 1 ? 'record reads' : 'records read'} like totals, sources or remarks`,
	},
	/** Why a line became no row, by the code of a SkippedLine. */
	skipped: {
		preamble: 'stands before the table',
		comment: 'is a comment',
		'repeated-header': 'is the header once more',
		'second-table': 'belongs to another table in the same file',
		'repeated-table': 'belongs to a second copy of the same table',
		'too-many-cells': 'has more cells than the header has names',
		'too-few-cells': 'has fewer cells than the header has names, and those do not fit the columns',
		'empty-record': 'has no cell with anything in it',
		'broken-line': 'is a piece of a record that an unquoted line break cut',
		'quote-not-closed': 'has a quote that is never closed',
		'quotes-unclear': 'has quotes that can be read in more than one way',
		'too-long': 'is longer than 16 MB',
		footer: 'stands after the table',
	} satisfies Record<string, string>,
	/** What was noted while reading, by the code of a Note. */
	notes: {
		'short-rows': (count: number) => `${lines(count)} had fewer cells than the header has names; the missing ones at the end count as empty.`,
		'extra-empty-cells': (count: number) => `${lines(count)} had further cells with nothing in them, which were left out.`,
		'quotes-as-text': (count: number) => `${lines(count)} had quotes in the wrong place, which were taken as text.`,
		'quotes-not-used': (count: number) => `${lines(count)} at the beginning of the file had cells that begin with a quote; the quotes were taken as text.`,
		undecodable: (count: number, encoding: string) => `${countText(count)} ${count === 1 ? 'character' : 'characters'} could not be read as ${encoding} and stand as �.`,
		'line-ends': (feeds: number, returns: number) => `Line ends are mixed: ${countText(feeds)} line feeds and ${countText(returns)} lone carriage returns at the beginning of the file.`,
		'header-short': (names: number, cells: number, shifted: boolean) => `The header has ${countText(names)} names for ${countText(cells)} cells; the ${shifted ? 'first column is numbered and' : 'last columns'} got no name.`,
		'empty-names': (columns: readonly number[]) => `Columns without a name: ${listText(columns)}. They are called by their place.`,
		'repeated-names': (names: readonly string[]) => `Several columns are called ${listText(names)}; the later ones are numbered.`,
		'separator-line': () => 'The first line names the delimiter and is no data.',
	},
};
