import { isDay } from '../lib/dates.ts';
import { ThroughlineError } from '../lib/errors.ts';
import { isLocale, type LocaleId } from '../lib/locale.svelte.ts';
import type { QuickEdit } from '../import/quick/edit.ts';
import type { SourceRecipe, TableRecipe } from '../import/types.ts';
import type { OwnMeasure } from './location.ts';

/** Where small things are kept on this device, by name: localStorage in the app. A device that keeps nothing returns null. */
export interface Store {
	read: (name: string) => string | null;
	write: (name: string, text: string) => void;
	/** Calls back with the name of what another window of this device has written; null: it has emptied everything. */
	watch?: (changed: (name: string | null) => void) => void;
	/** Removes everything that was written, and what else is ours. */
	clear?: () => void;
}

/** A view that somebody wants to find again: the query string holds all of it. */
export interface Bookmark {
	/** No two of a device have the same. */
	name: string;
	/** From its question mark on; empty for the view that the app opens with. */
	query: string;
	/** What to say when it is presented. */
	note: string;
}

/** Something that happened, for the time charts of a pack. */
export interface Note {
	pack: string;
	day: string;
	text: string;
}

/** What was decided about a file, for the next one with the same headers. Checked closely where it is used. */
export interface KeptMapping {
	pack: string | null;
	source: SourceRecipe;
	tables: Readonly<Record<string, readonly Omit<TableRecipe, 'source'>[]>>;
	/** Of a table that belongs to no pack: changes to what was inferred from it. */
	edits?: readonly QuickEdit[];
}

interface Shelves {
	bookmarks: readonly Bookmark[];
	notes: readonly Note[];
	/** The reader's own targets, by `pack.measure`, in the unit of the measure's format (shares 0–1). */
	targets: Readonly<Record<string, number>>;
	/** The reader's own measures, by `pack.own_id`. */
	measures: Readonly<Record<string, OwnMeasure>>;
	/** Statements run in the console, the newest first. */
	statements: readonly string[];
	/** By fingerprint of the headers. */
	mappings: Readonly<Record<string, KeptMapping>>;
	/** Single letters and digits act; people whose hands or voice hit them unmeant turn that off. */
	letters: boolean;
}

const text = (value: unknown): value is string => typeof value === 'string';
const record = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
const listOf = <T>(one: (value: unknown) => value is T) => (value: unknown): value is T[] => Array.isArray(value) && value.every(one);
const recordOf = <T>(one: (value: unknown) => value is T) => (value: unknown): value is Record<string, T> => record(value) && Object.values(value).every(one);

const fits: { [K in keyof Shelves]: (value: unknown) => value is Shelves[K] } = {
	bookmarks: listOf((value): value is Bookmark => record(value) && text(value.name) && value.name.trim() !== '' && text(value.query) && /^(\?|$)/.test(value.query) && text(value.note)),
	notes: listOf((value): value is Note => record(value) && text(value.pack) && text(value.day) && isDay(value.day) && text(value.text) && value.text.trim() !== ''),
	targets: recordOf((value): value is number => typeof value === 'number' && Number.isFinite(value)),
	measures: recordOf((value): value is OwnMeasure => record(value) && ['label', 'mart', 'expr', 'format', 'better'].every((name) => text(value[name]))),
	statements: listOf(text),
	mappings: recordOf((value): value is KeptMapping => record(value) && (value.pack === null || text(value.pack)) && record(value.source) && record(value.tables) && Object.values(value.tables).every(Array.isArray) && (value.edits === undefined || Array.isArray(value.edits))),
	letters: (value) => typeof value === 'boolean',
};

const empty: Shelves = { bookmarks: [], notes: [], targets: {}, measures: {}, statements: [], mappings: {}, letters: true };
/** What travels in a file; what was typed into the console stays. */
const carried = ['bookmarks', 'notes', 'targets', 'measures'] as const;

/** Both, each name once: what `more` holds stands in the place of what had its name, and what is new comes last. */
function merged<T>(own: readonly T[], more: readonly T[], nameOf: (each: T) => string): T[] {
	return [...new Map([...own, ...more].map((each) => [nameOf(each), each])).values()];
}

function parsed(json: string): unknown {
	try {
		return JSON.parse(json);
	} catch {
		return undefined;
	}
}

/** What a reader keeps on this device and nowhere else: it is in no link, and leaves only as a file that the reader saves. */
export class Kept {
	readonly #store: Store;
	#shelves = $state.raw<Shelves>(empty);

	constructor(store: Store) {
		this.#store = store;
		this.#takeAll(null);
		store.watch?.((name) => this.#takeAll(name));
	}

	#takeAll(name: string | null): void {
		for (const each of Object.keys(empty)) if (name === null || name === each) this.#take(each as keyof Shelves);
	}

	/** Empties the device of everything that a reader has kept. */
	clear(): void {
		this.#store.clear?.();
		this.#takeAll(null);
	}

	#take<K extends keyof Shelves>(name: K): void {
		const value = parsed(this.#store.read(name) ?? '');
		this.#shelves = { ...this.#shelves, [name]: fits[name](value) ? value : empty[name] };
	}

	get bookmarks(): readonly Bookmark[] {
		return this.#shelves.bookmarks;
	}

	get notes(): readonly Note[] {
		return this.#shelves.notes;
	}

	get targets(): Readonly<Record<string, number>> {
		return this.#shelves.targets;
	}

	get measures(): Readonly<Record<string, OwnMeasure>> {
		return this.#shelves.measures;
	}

	get statements(): readonly string[] {
		return this.#shelves.statements;
	}

	get mappings(): Readonly<Record<string, KeptMapping>> {
		return this.#shelves.mappings;
	}

	get letters(): boolean {
		return this.#shelves.letters;
	}

	/** The locale that the reader chose, if one was. */
	get locale(): LocaleId | null {
		const id = this.#store.read('locale') ?? '';
		return isLocale(id) ? id : null;
	}

	putLocale(id: LocaleId): void {
		this.#store.write('locale', id);
	}

	put<K extends keyof Shelves>(name: K, value: Shelves[K]): void {
		this.#shelves = { ...this.#shelves, [name]: value };
		this.#store.write(name, JSON.stringify(value));
	}

	/** Bookmarks, notes, targets and measures as one JSON text. */
	toFile(): string {
		return `${JSON.stringify({ throughline: 1, ...Object.fromEntries(carried.map((name) => [name, this.#shelves[name]])) }, null, '\t')}\n`;
	}

	/** Adds what such a text holds; of two things of one name the file's stands. Throws `kept.unreadable` and changes nothing where it is none. */
	fromFile(json: string): void {
		const value = parsed(json);
		if (!record(value) || value.throughline !== 1) throw new ThroughlineError('kept.unreadable', { reason: 'it is not a file that Throughline saved' });
		const wrong = carried.find((name) => value[name] !== undefined && !fits[name](value[name]));
		if (wrong !== undefined) throw new ThroughlineError('kept.unreadable', { reason: `its ${wrong} are not as they should be` });
		this.put('bookmarks', merged(this.bookmarks, (value.bookmarks ?? []) as Bookmark[], ({ name }) => name));
		this.put('notes', merged(this.notes, (value.notes ?? []) as Note[], ({ pack, day, text: words }) => JSON.stringify([pack, day, words])));
		this.put('targets', { ...this.targets, ...(value.targets as Shelves['targets'] | undefined) });
		this.put('measures', { ...this.measures, ...(value.measures as Shelves['measures'] | undefined) });
	}
}
