import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checks, checksOf } from '../../../src/metrics/checks.ts';
import { packs } from '../../../src/packs/index.ts';
import type { Check, Measure, Pack } from '../../../src/pack/types.ts';
import { importsOf, read, root } from '../../sources.ts';

/** Loose from the way a title is quoted. */
const plain = (text: string): string => text.replaceAll("\\'", "'");

/** The text of a test from its title to the next test of the file: what the law is about. */
function bodyOf({ title, file }: Check): string {
	const text = plain(read(file));
	const at = ["'", '`', '"'].map((quote) => text.indexOf(`${quote}${title}${quote}`)).find((found) => found >= 0) ?? -1;
	expect(at, `“${title}” in ${file}`).toBeGreaterThan(-1);
	expect(text.slice(0, at), `“${title}” is a test of ${file}`).toMatch(/\b(test|it)(\.each\([^()]*\))?\(\s*$/);
	const rest = text.slice(at);
	const next = rest.slice(title.length).search(/\n\s*(test|it|describe)(\.\w+)?\(/);
	return next < 0 ? rest : rest.slice(0, title.length + next);
}

/** The file with the support files that it takes its lists from. */
const widely = (file: string): string => plain([file, ...importsOf(file).map(({ to }) => to).filter((to) => to.startsWith('tests/support/'))].map(read).join('\n'));

const throughAll = /Object\.(entries|keys)\(pack\.measures\)|usable\(pack/;

/** A law covers a kind when its file goes through all measures and does not leave the kind out, names the kind, or tests the statistic that the kind is finished with. */
function coversKind(check: Check, kind: Measure['kind']): boolean {
	const body = bodyOf(check);
	if (check.through !== undefined) {
		const finish = read('src/metrics/finish.ts').split('case \'').find((branch) => branch.startsWith(`${kind}'`) || branch.includes(`case '${kind}'`)) ?? '';
		const branch = kind === 'count' ? (read('src/metrics/finish.ts').split("case 'balance': {")[1] ?? '').split('case ')[0] ?? '' : finish;
		return branch.includes(`${check.through}(`) && body.includes(`${check.through}(`);
	}
	const text = read(check.file);
	if (kind === 'expression') return /own_one|tryOwn|jackknife/.test(body);
	const named = new RegExp(`kind === '${kind}'`);
	const leftOut = new RegExp(`kind === '${kind}'\\) throw`);
	return !leftOut.test(text) && (named.test(text) || throughAll.test(text));
}

const all: readonly (readonly [Pack, readonly Check[]])[] = Object.values(packs).map((pack) => [pack, [...checks, ...(pack.checks ?? [])]] as const);

describe.each(all.map(([pack, laws]) => [pack.id, pack, laws] as const))('the tests that the catalogue names for %s', (_, pack, laws) => {
	test.each(laws.map((check) => [check.title, check] as const))('%s: exists in its file, and covers what it is listed for', (_title, check) => {
		expect(existsSync(join(root, check.file)), check.file).toBe(true);
		const body = bodyOf(check);
		for (const id of check.measures ?? []) {
			expect(pack.measures[id], id).toBeDefined();
			expect(body.includes(id) || new RegExp(`\\b${id}\\b`).test(widely(check.file)), `${check.file} is about ${id}`).toBe(true);
		}
		for (const kind of check.kinds ?? []) expect(coversKind(check, kind), `${check.file} covers ${kind}`).toBe(true);
		if (!check.kinds && !check.measures) expect(read(check.file), `${check.file} goes through all measures`).toMatch(throughAll);
		if (check.kinds) expect(check.kinds.length).toBe(new Set(check.kinds).size);
	});

	test('no measure stands without a law, and a measure that the reader made has those of its kind', () => {
		for (const id of Object.keys(pack.measures)) expect(checksOf(pack, id).length, id).toBeGreaterThanOrEqual(3);
		const [mart = ''] = Object.keys(pack.marts);
		const own: Measure = { kind: 'expression', expr: 'count(*)', label: 'Own', definition: '', reading: '', mart, unit: '', format: 'integer', better: 'neither' };
		const found = checksOf({ ...pack, measures: { own_one: own } }, 'own_one');
		expect(found.length).toBeGreaterThanOrEqual(2);
		expect(found.every(({ kinds }) => kinds?.includes('expression'))).toBe(true);
		expect(checksOf(pack, 'nothing_called_so')).toEqual([]);
	});
});
