import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ThroughlineError } from '../../src/lib/errors.ts';
import { freeName, moved } from '../../src/state/bookmarks.ts';
import { Kept, type Bookmark, type Note } from '../../src/state/kept.svelte.ts';
import { forgetful } from '../support/forgetful.ts';
import { replayable } from '../support/property.ts';

const text = fc.string({ unit: 'binary', maxLength: 20 });
const filled = text.filter((each) => each.trim() !== '');
const day = fc.date({ min: new Date('1900-01-01T00:00:00Z'), max: new Date('2199-12-31T00:00:00Z'), noInvalidDate: true }).map((date) => date.toISOString().slice(0, 10));
const bookmarks = fc.uniqueArray(fc.record({ name: filled, query: fc.oneof(fc.constant(''), text.map((rest) => `?${rest}`)), note: text }), { selector: ({ name }) => name, maxLength: 8 });
const notes = fc.uniqueArray(fc.record({ pack: filled, day, text: filled }), { selector: (note) => JSON.stringify([note.pack, note.day, note.text]), maxLength: 8 });
const targets = fc.dictionary(filled, fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0), { maxKeys: 4 });
const shelves = fc.record({ bookmarks, notes, targets });

type Shelves = { bookmarks: Bookmark[]; notes: Note[]; targets: Record<string, number> };

function keptWith({ bookmarks: marks, notes: dated, targets: aims }: Shelves): Kept {
	const kept = new Kept(forgetful());
	kept.put('bookmarks', marks);
	kept.put('notes', dated);
	kept.put('targets', aims);
	return kept;
}

const seen = (kept: Kept) => structuredClone({ bookmarks: kept.bookmarks, notes: kept.notes, targets: kept.targets, measures: kept.measures, statements: kept.statements });

test('what is saved as a file and added to an empty device is the same there', () => {
	fc.assert(
		fc.property(shelves, (own) => {
			const [kept, other] = [keptWith(own), new Kept(forgetful())];
			other.fromFile(kept.toFile());
			expect(seen(other)).toEqual(seen(kept));
			expect(other.toFile()).toBe(kept.toFile());
		}),
		replayable(200),
	);
});

test('a device keeps what was put there until it is opened again', () => {
	fc.assert(
		fc.property(shelves, (own) => {
			const device = forgetful();
			const kept = new Kept(device);
			for (const name of ['bookmarks', 'notes', 'targets'] as const) kept.put(name, own[name]);
			expect(seen(new Kept(device))).toEqual(seen(kept));
		}),
		replayable(100),
	);
});

test('adding a file again changes nothing; names stay unique, what was here keeps its place and nothing else is lost', () => {
	fc.assert(
		fc.property(shelves, shelves, (own, theirs) => {
			const kept = keptWith(own);
			const file = keptWith(theirs).toFile();
			kept.fromFile(file);
			const once = seen(kept);
			kept.fromFile(file);
			expect(seen(kept)).toEqual(once);
			const names = kept.bookmarks.map(({ name }) => name);
			expect(new Set(names).size).toBe(names.length);
			expect(names.slice(0, own.bookmarks.length)).toEqual(own.bookmarks.map(({ name }) => name));
			for (const each of theirs.bookmarks) expect(kept.bookmarks).toContainEqual(each);
			for (const each of [...own.notes, ...theirs.notes]) expect(kept.notes).toContainEqual(each);
		}),
		replayable(200),
	);
});

const damages = fc.constantFrom<((file: Record<string, unknown>) => unknown)[]>(
	(file) => ({ ...file, throughline: 2 }),
	(file) => ({ ...file, bookmarks: 'none' }),
	(file) => ({ ...file, bookmarks: [{ name: 'x', query: '//elsewhere.example', note: '' }] }),
	(file) => ({ ...file, bookmarks: [{ name: ' ', query: '', note: '' }] }),
	(file) => ({ ...file, bookmarks: [{ name: 'x', query: '' }] }),
	(file) => ({ ...file, notes: [{ pack: 'p', day: '2026-02-30', text: 'x' }] }),
	(file) => ({ ...file, notes: [{ pack: 'p', day: '2026-02-20', text: '' }] }),
	(file) => ({ ...file, notes: {} }),
	(file) => ({ ...file, targets: { a: '5' } }),
	(file) => ({ ...file, measures: { a: { label: 'x' } } }),
	(file) => [file],
	() => null,
);

test('a damaged file changes nothing and says so', () => {
	fc.assert(
		fc.property(shelves, shelves, damages, fc.nat(), (own, theirs, damage, cut) => {
			const kept = keptWith(own);
			const before = seen(kept);
			const file = keptWith(theirs).toFile();
			const wrong = JSON.stringify(damage(JSON.parse(file) as Record<string, unknown>));
			for (const bad of [wrong, file.slice(0, cut % (file.trimEnd().length)), `${file}x`]) expect(() => kept.fromFile(bad)).toThrow(ThroughlineError);
			expect(seen(kept)).toEqual(before);
		}),
		replayable(200),
	);
});

test('a damaged shelf of the device is empty and takes no other down', () => {
	const device = forgetful();
	device.write('bookmarks', '[{"name":"x"}]');
	device.write('notes', '[{"pack":"p","day":"2026-02-20","text":"kept"}]');
	const kept = new Kept(device);
	expect(kept.bookmarks).toEqual([]);
	expect(kept.notes).toEqual([{ pack: 'p', day: '2026-02-20', text: 'kept' }]);
});

test('what another window of the device keeps is here too, so that neither overwrites the other', () => {
	const device = forgetful();
	let tell: (name: string | null) => void = () => undefined;
	const one = new Kept({ ...device, watch: (changed) => (tell = changed) });
	const other = new Kept(device);
	other.put('bookmarks', [{ name: 'theirs', query: '', note: '' }]);
	tell('bookmarks');
	one.put('bookmarks', [...one.bookmarks, { name: 'mine', query: '', note: '' }]);
	expect(new Kept(device).bookmarks.map(({ name }) => name)).toEqual(['theirs', 'mine']);
	tell('theme');
	expect(one.bookmarks.length).toBe(2);
	device.write('bookmarks', '[]');
	tell(null);
	expect(one.bookmarks).toEqual([]);
});

test('a new name is never one that is taken; moving up and down again restores the order and loses nothing', () => {
	fc.assert(
		fc.property(bookmarks, filled, fc.nat(), fc.constantFrom<1 | -1>(1, -1), (list, name, at, by) => {
			expect(list.map((each) => each.name)).not.toContain(freeName(list, name));
			const index = at % Math.max(1, list.length);
			const there = moved(list, index, by);
			expect([...there].sort((a, b) => (a.name < b.name ? -1 : 1))).toEqual([...list].sort((a, b) => (a.name < b.name ? -1 : 1)));
			if (there !== list) expect(moved(there, index + by, by === 1 ? -1 : 1)).toEqual(list);
		}),
		replayable(200),
	);
});
