/** Presenter mode. */
export const presenting = {
	label: 'Presentation',
	place: (step: number, steps: number, name: string) => `${String(step)} of ${String(steps)} · ${name}`,
	previous: 'Step before',
	next: 'Next step',
	hideNote: 'Hide the note',
	showNote: 'Show the note',
	stop: 'Stop presenting',
	noFilters: 'no filters',
	allDates: 'all dates',
	opened: (name: string, range: string) => `${name} ${range}`,
	files: (rows: string) => `your files, ${rows} rows`,
	demo: (seed: number, rows: string) => `demo data, seed ${String(seed)}, ${rows} rows`,
} as const;
