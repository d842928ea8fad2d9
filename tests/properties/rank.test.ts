import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ranked } from '../../src/lib/rank.ts';
import { replayable } from '../support/property.ts';

const word = fc.string({ unit: fc.constantFrom(...'abcdeé '), minLength: 1, maxLength: 6 });
const things = fc.array(fc.record({ label: fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join(' ')), keywords: word }), { maxLength: 30 });
const labels = (query: string, names: readonly string[]): string[] => ranked(query, names.map((label) => ({ label, keywords: '' }))).map(({ label }) => label);

test('one more letter never finds what was not found before, and nothing is found twice', () => {
	fc.assert(
		fc.property(things, word, fc.constantFrom(...'abcde '), (all, query, letter) => {
			const [before, after] = [ranked(query, all), ranked(query + letter, all)];
			expect(new Set(before).size).toBe(before.length);
			expect(after.filter((each) => !before.includes(each))).toEqual([]);
		}),
		replayable(500),
	);
});

test('every name finds itself, first among all names but its equals', () => {
	fc.assert(
		fc.property(things, fc.nat(), (all, pick) => {
			const sought = all[pick % Math.max(1, all.length)];
			if (!sought || sought.label.trim() === '') return;
			const plain = (text: string): string => text.trim().replace(/\s+/g, ' ').normalize('NFD').replace(/\p{M}/gu, '');
			const first = ranked(sought.label, all)[0];
			expect(plain(first?.label ?? '').startsWith(plain(sought.label))).toBe(true);
		}),
		replayable(500),
	);
});

test('the order of the words asked for changes nothing of what is found', () => {
	fc.assert(
		fc.property(things, word, word, (all, a, b) => {
			expect(new Set(ranked(`${a} ${b}`, all))).toEqual(new Set(ranked(`${b} ${a}`, all)));
		}),
		replayable(300),
	);
});

test('beginnings of names come first, then beginnings of words, then what is inside them, then keywords, then scattered letters', () => {
	const all = [
		{ label: 'Over six cases', keywords: '' },
		{ label: 'Anything', keywords: 'osc' },
		{ label: 'Kosciuszko', keywords: '' },
		{ label: 'The oscar list', keywords: '' },
		{ label: 'Oscar', keywords: '' },
		{ label: 'Nothing', keywords: 'none' },
	];
	expect(ranked('osc', all).map(({ label }) => label)).toEqual(['Oscar', 'The oscar list', 'Kosciuszko', 'Anything', 'Over six cases']);
	expect(ranked('', all)).toEqual(all);
});

test('case and accents do not matter, and several words may stand in any place', () => {
	expect(labels('ZOE', ['Zoë O’Neil', 'Bozoe'])).toEqual(['Zoë O’Neil', 'Bozoe']);
	expect(labels('denials case', ['Case type: Claim denials', 'Case type: Billing disputes'])).toEqual(['Case type: Claim denials']);
});
