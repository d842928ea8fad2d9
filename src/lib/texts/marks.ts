/** What is said beside the marks of a chart. */
export const marks = {
	rows: 'Open its rows',
	rowsOf: (mark: string) => `Open the rows behind ${mark}`,
	howTo: 'Point at a mark, or move to it with the arrow keys, to read it here.',
	keys: 'Enter filters by it, O opens its rows.',
} as const;
