/** What is said beside the marks of a chart. */
export const marks = {
	rows: 'Open its rows',
	rowsShort: 'rows',
	rowsOf: (mark: string) => `Open the rows behind ${mark}`,
} as const;
