import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assign } from '../../../src/import/map/assign.ts';
import { canonical, oneEditApart, squashed } from '../../../src/import/map/names.ts';
import { proposeRecipe } from '../../../src/import/map/propose.ts';
import type { Source } from '../../../src/import/types.ts';
import type { RawColumn } from '../../../src/pack/types.ts';
import { packs } from '../../../src/packs/index.ts';
import { packNamed } from '../../support/engine.ts';
import { replayable } from '../../support/property.ts';

describe('names', () => {
	test.each([
		['CaseID', 'case_id'],
		['Case No.', 'case number'],
		['FirstResponseAt', 'first response date'],
		['Résolution date', 'resolution_at'],
		['Interactions', 'interaction'],
		['Dur. (mins)', 'duration minutes'],
		['is_escalated', 'Escalated Flag'],
		['HTTPStatus', 'http_status'],
		['case:concept:name', 'case_id'],
	])('%s means %s', (a, b) => {
		expect(canonical(a)).toBe(canonical(b));
	});

	test.each([
		['opened_at', 'closed_at'],
		['case_id', 'patient_id'],
		['status', 'state'],
		['created_at', 'created_by'],
	])('%s does not mean %s', (a, b) => {
		expect(canonical(a)).not.toBe(canonical(b));
	});

	test('one edit apart is the distance of Damerau and Levenshtein, which is symmetric', () => {
		const alphabet = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 5 });
		const deletions = (text: string): string[] => [...text].map((_, i) => text.slice(0, i) + text.slice(i + 1));
		const swaps = (text: string): string[] => [...text].slice(1).map((_, i) => text.slice(0, i) + (text[i + 1] ?? '') + (text[i] ?? '') + text.slice(i + 2));
		const changes = (text: string): string[] => [...text].flatMap((_, i) => ['a', 'b', 'c'].map((letter) => text.slice(0, i) + letter + text.slice(i + 1)));
		fc.assert(
			fc.property(alphabet, alphabet, (a, b) => {
				const near = a !== b && (deletions(a).includes(b) || deletions(b).includes(a) || swaps(a).includes(b) || changes(a).includes(b));
				expect(oneEditApart(a, b)).toBe(near);
				expect(oneEditApart(b, a)).toBe(near);
			}),
			replayable(500),
		);
	});
});

describe('the assignment of columns', () => {
	const total = (scores: number[][], chosen: readonly number[]): number => chosen.reduce((sum, column, row) => sum + (column < 0 ? 0 : (scores[row]?.[column] ?? 0)), 0);
	function best(scores: number[][], row = 0, used = new Set<number>()): number {
		if (row === scores.length) return 0;
		const free = (scores[row] ?? []).flatMap((score, column) => (used.has(column) ? [] : [score + best(scores, row + 1, new Set([...used, column]))]));
		return Math.max(best(scores, row + 1, used), ...free);
	}

	test('has the greatest total of all, and uses no column twice', () => {
		const matrix = fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 0, max: 5 })).chain(([rows, columns]) =>
			fc.array(fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 20 })), { minLength: columns, maxLength: columns }), { minLength: rows, maxLength: rows }),
		);
		fc.assert(
			fc.property(matrix, (scores) => {
				const chosen = assign(scores);
				const used = chosen.filter((column) => column >= 0);
				expect(new Set(used).size).toBe(used.length);
				expect(total(scores, chosen)).toBe(best(scores));
				chosen.forEach((column, row) => column < 0 || expect(scores[row]?.[column]).toBeGreaterThan(0));
			}),
			replayable(300),
		);
	});
});

const styles: ((words: string[]) => string)[] = [
	(words) => words.join('_'),
	(words) => words.join(' '),
	(words) => words.join('-'),
	(words) => words.join('.').toUpperCase(),
	(words) => words.map((word) => word[0]?.toUpperCase() + word.slice(1)).join(''),
	(words) => words.map((word, i) => (i === 0 ? word : word[0]?.toUpperCase() + word.slice(1))).join(''),
	(words) => ` ${words.map((word) => word[0]?.toUpperCase() + word.slice(1)).join('  ')} `,
];

describe('columns under other names', () => {
	const pack = packNamed('advocacy');

	test.each(Object.keys(pack.raw))('%s: any mix of names, synonyms, case, separators and order is mapped right, column by column', (table) => {
		const entries = Object.entries(pack.raw[table]?.columns ?? {});
		const names = entries.map(([name, column]: [string, RawColumn]) => fc.tuple(fc.constant(name), fc.constantFrom(name, ...(column.synonyms ?? [])), fc.constantFrom(...styles)));
		fc.assert(
			fc.property(fc.tuple(...names), fc.infiniteStream(fc.nat()), (given, order) => {
				const renamed = given.map(([column, name, style]) => ({ column, name: style(name.split('_')).trim() }));
				fc.pre(new Set(renamed.map(({ name }) => squashed(name))).size === renamed.length);
				// A synonym that another column of the table carries as its own name or synonym may go to either.
				const claims = (form: string): number => entries.filter(([name, column]) => [name, ...(column.synonyms ?? [])].some((other) => canonical(other) === form)).length;
				fc.pre(renamed.every(({ name }) => claims(canonical(name)) === 1));
				const keys = [...order.take(renamed.length)];
				const columns = renamed.map(({ name }, i) => ({ name, key: keys[i] ?? 0 })).sort((a, b) => a.key - b.key).map(({ name }) => name);
				const source: Source = { id: `${table}.csv`, file: `${table}.csv`, part: null, format: 'delimited', columns, header: columns, rows: 0, skipped: 0, skippedLines: [], notes: [], dialect: null };
				const proposal = proposeRecipe(packs, [{ source, profiles: [] }], { pack: 'advocacy' });
				const found = proposal.recipe.tables[table]?.[0]?.columns ?? {};
				expect(Object.fromEntries(Object.entries(found).map(([column, { from }]) => [column, from[0]]))).toEqual(Object.fromEntries(renamed.map(({ column, name }) => [column, name])));
			}),
			replayable(40),
		);
	});
});
