/** Every error a person can meet: what happened, with the culprit named, and what to do next. */
const catalogue = {
	'model.unknown-ref': {
		what: (d: Detail) => `The model ${d.model} refers to ${d.ref}, which no model is called.`,
		next: 'Correct the name inside ref(…) or add the missing .sql file.',
	},
	'model.cycle': {
		what: (d: Detail) => `These models refer to each other in a circle: ${d.path}.`,
		next: 'Break the circle: move the shared part into a model of its own.',
	},
	'model.unknown-var': {
		what: (d: Detail) => `${d.model} asks for the variable ${d.name}, which the pack does not declare.`,
		next: 'Declare it in vars.ts.',
	},
	'model.failed': {
		what: (d: Detail) => `The model ${d.model} could not be built: ${d.message}`,
		next: 'The data that was open before is still open.',
	},
	'measure.unknown': {
		what: (d: Detail) => `There is no measure called ${d.name}.`,
		next: 'Known measures: see throughline.measures or the README.',
	},
	'measure.dimension': {
		what: (d: Detail) => `${d.measure} cannot be split by ${d.dimension}.`,
		next: 'Choose one of the dimensions of its table.',
	},
	'measure.no-time': {
		what: (d: Detail) => `${d.measure} has no time of its own, so it has no trend.`,
		next: 'Ask for it without a grain.',
	},
	'request.invalid': {
		what: (d: Detail) => `${d.what} cannot be "${d.given}".`,
		next: (d: Detail) => `Allowed: ${d.allowed}.`,
	},
	'pack.unknown': {
		what: (d: Detail) => `There is no pack called ${d.name}.`,
		next: (d: Detail) => `Known packs: ${d.known}.`,
	},
	'files.empty': {
		what: (d: Detail) => `${d.file} has no rows: ${d.reason}.`,
		next: 'Check the export. The data that was open before is still open.',
	},
	'files.unknown': {
		what: (d: Detail) => `${d.file} is no table of this pack.`,
		next: (d: Detail) => `Its tables: ${d.expected}. The data that was open before is still open.`,
	},
	'files.missing': {
		what: (d: Detail) => `None of these files holds ${d.files}.`,
		next: 'Drop all files together. The data that was open before is still open.',
	},
	'files.columns': {
		what: (d: Detail) => `${d.file} lacks the column${d.plural} ${d.columns}. Its header reads: ${d.header}.`,
		next: 'Rename or add the columns and drop the files again. The data that was open before is still open.',
	},
	'files.cells': {
		what: (d: Detail) => `${d.file}, column ${d.column}: ${d.count} of ${d.filled} values are not ${d.type}, for example ${d.examples}.`,
		next: 'Most of the column cannot be read, so nothing was loaded. The data that was open before is still open.',
	},
	'files.questions': {
		what: (d: Detail) => `These files do not say how to read ${d.columns}.`,
		next: 'Answer the questions about them first. The data that was open before is still open.',
	},
	'files.malformed': {
		what: (d: Detail) => `${d.file} cannot be read as ${d.format}: ${d.reason}${d.place === '' ? '' : ` (${d.place})`}.`,
		next: 'Correct it there or export the file again. The data that was open before is still open.',
	},
	'files.no-records': {
		what: (d: Detail) => `${d.file} holds no rows that could be read: ${d.reason}.`,
		next: 'Check the export. The data that was open before is still open.',
	},
	'files.too-large': {
		what: (d: Detail) => `${d.file} would need about ${d.estimate} of memory; at most ${d.limit} may be used for a file.`,
		next: 'Split the file, or export fewer columns or a shorter time. The data that was open before is still open.',
	},
	'files.stopped': {
		what: (d: Detail) => `Reading ${d.file} was stopped.`,
		next: 'The data that was open before is still open.',
	},
	'read.unreadable': {
		what: (d: Detail) => `${d.file} can no longer be read: ${d.message}`,
		next: 'It may have been moved or changed since it was chosen. Choose it again.',
	},
	'read.kind': {
		what: (d: Detail) => `${d.file} is ${d.kind}, which cannot be read as a table.`,
		next: 'Export it as CSV, JSON, Excel (.xlsx), Parquet or XES and choose that file.',
	},
	'read.archive': {
		what: (d: Detail) => `${d.file} cannot be unpacked: ${d.reason}.`,
		next: 'Unpack it on the device and choose the files in it.',
	},
	'read.too-large': {
		what: (d: Detail) => `${d.file} would unpack to ${d.estimate}; up to ${d.limit} are taken in.`,
		next: 'Unpack it on the device and choose the files that are needed, or export a part of the data.',
	},
	'engine.memory': {
		what: () => 'The data does not fit into the memory that a browser tab may use.',
		next: 'Open a smaller file or a smaller demo size.',
	},
	'engine.trap': {
		what: (d: Detail) => `The engine stopped inside this query: ${d.message}`,
		next: 'It is being restarted with the same data.',
	},
	'engine.again': {
		what: (d: Detail) => `This has stopped the engine twice and is not asked again: ${d.message}`,
		next: 'Ask for less of it, or open other data. Everything else works.',
	},
	'engine.start': {
		what: (d: Detail) => `The engine could not start: ${d.message}`,
		next: 'Reload the page; a browser of 2022 or newer with WebAssembly is needed.',
	},
	'engine.fetch': {
		what: (d: Detail) => `The engine could not be loaded: ${d.reason}.`,
		next: 'Check the connection, then try again.',
	},
	'page.part': {
		what: (d: Detail) => `A part of the app could not be loaded: ${d.part}.`,
		next: 'Check the connection, then try again.',
	},
	'first-sight.differs': {
		what: (d: Detail) => `The picture that came with the page differed from what this device computes, in: ${d.parts}. The first difference: ${d.first}.`,
		next: 'What is shown now was computed here. Please report this: both should be the same to the last digit.',
	},
	'engine.closed': { what: () => 'No data is open.', next: 'Open demo data or drop files.' },
	'sql.failed': { what: (d: Detail) => String(d.message), next: 'Correct the query and run it again.' },
	'sql.read-only': {
		what: (d: Detail) => `Only one reading statement can be run here: ${d.message}`,
		next: 'Use select, from, describe, show, summarize or explain.',
	},
	'sql.stopped': { what: () => 'The query was stopped.', next: 'Run it again, or ask for less of it: a filter, fewer columns, a limit.' },
	'kept.unreadable': {
		what: (d: Detail) => `The file cannot be taken in: ${d.reason}.`,
		next: 'Choose a file that was saved under Bookmarks. What was kept before is still kept.',
	},
	'recipe.unreadable': {
		what: (d: Detail) => `The mapping cannot be taken in: ${d.reason}.`,
		next: 'Choose a mapping that Throughline saved, or map the columns by hand. What was mapped before stays as it is.',
	},
	'kept.no-room': {
		what: (d: Detail) => `These files are open, but not kept on this device: there is not enough room. They take ${d.size}${d.missing === '' ? '' : `, ${d.missing} more than there is`}.`,
		next: 'Forget other kept files, or free room on the device, and open them again. What was kept before is still kept.',
	},
	'kept.refused': {
		what: () => 'These files are open, but not kept: this browser lets the page keep nothing, as in a private window.',
		next: 'They are gone when the page is closed or reloaded.',
	},
	'kept.failed': {
		what: (d: Detail) => `These files are open, but could not be kept on this device: ${d.message}`,
		next: 'What was kept before is still kept.',
	},
	'measure.own': {
		what: (d: Detail) => `${d.label} cannot be computed: ${d.message}`,
		next: 'Correct the expression: an aggregate such as avg(x) or sum(x) / count(*) over columns of its table.',
	},
	'export.nothing': {
		what: (d: Detail) => `${d.tile} has nothing that could be saved as ${d.format}.`,
		next: (d: Detail) => `It can be saved as: ${d.formats}.`,
	},
	'export.copy': {
		what: () => 'The browser did not let the page copy.',
		next: 'Allow the clipboard for this page, or save the table as CSV.',
	},
	unexpected: { what: (d: Detail) => `Something went wrong: ${d.message}`, next: 'Reload the page. If it stays, report it with this text.' },
} as const;

export type ErrorCode = keyof typeof catalogue;
export type Detail = Readonly<Record<string, string | number>>;

export class ThroughlineError extends Error {
	readonly code: ErrorCode;
	readonly detail: Detail;
	readonly next: string;

	constructor(code: ErrorCode, detail: Detail = {}) {
		const entry = catalogue[code];
		super(entry.what(detail));
		this.name = 'ThroughlineError';
		this.code = code;
		this.detail = detail;
		this.next = typeof entry.next === 'function' ? entry.next(detail) : entry.next;
	}
}

/** What Chromium and Firefox, and Safari, say of a part that is loaded when it is needed and does not come. */
const notLoaded = /dynamically imported module(?:.*\/([\w.-]+))?|Importing a module script failed/;

export function asThroughlineError(error: unknown): ThroughlineError {
	if (error instanceof ThroughlineError) return error;
	const part = notLoaded.exec(error instanceof Error ? error.message : String(error));
	if (part) return new ThroughlineError('page.part', { part: part[1] ?? 'one of its files' });
	return new ThroughlineError('unexpected', { message: error instanceof Error ? error.message : String(error) });
}
