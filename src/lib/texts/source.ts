/** Where the data comes from, how it is built and what came in. */
export const source = {
	yourFiles: 'Your files',
	source: { files: 'your files', demo: (seed: string) => `demo data, seed ${seed}`, rows: (rows: string) => `${rows} rows` },
	filesNote: (names: string) => `CSV files named like the tables: ${names}. Drop them anywhere on the page, all together. They stay on this device.`,
	choose: 'Choose files',
	demo: 'Demo data',
	backToDemo: 'Back to demo data',
	size: 'Size',
	scenario: 'Scenario',
	seed: 'Seed',
	demoNote: (scenario: string) => `${scenario}. Invented people, the same for everybody with the same seed.`,
	phases: { reading: 'Reading', measuring: 'Looking at', raw: 'Taking in', staging: 'Cleaning', intermediate: 'Working out', marts: 'Building' },
	progress: (phase: string, name: string, rows: string, ms: string) => `${phase} ${name} — ${rows} rows, ${ms} ms`,
	starting: 'Starting the engine and making demo data on this device…',
	working: 'Working…',
	account: {
		title: 'What came in',
		identity: (read: string, loaded: string, aside: string, skipped: string) => `${read} rows read = ${loaded} loaded + ${aside} set aside + ${skipped} skipped`,
		caption: 'Rows read, loaded, set aside and skipped by table',
		table: 'Table', from: 'From', read: 'read', loaded: 'loaded', aside: 'set aside', skipped: 'skipped', generated: 'generated',
		bad: (file: string, column: string, count: string, one: boolean, example: string, rows: string, more: boolean) =>
			`${file}, column ${column}: ${count} ${one ? 'value' : 'values'} cannot be read, for example “${example}”; ${one ? 'row' : 'rows'} ${rows}${more ? ' and more' : ''}. These rows are set aside.`,
		note: 'Set aside = breaks a rule of its table, or belongs to a row that does; see Data for every rule. Skipped = identical copies, and lines that are no record.',
	},
} as const;
