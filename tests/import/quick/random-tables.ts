import fc from 'fast-check';
import { toIso } from '../../../src/lib/dates.ts';
import type { Given } from './table.ts';

const kinds = ['whole', 'decimal', 'few-whole', 'id', 'sequence', 'day', 'month', 'instant', 'later', 'flag', 'few', 'many', 'words', 'constant', 'empty', 'hostile', 'case', 'activity', 'transition', 'part', 'whole-of-parts'] as const;
type Kind = (typeof kinds)[number];

const names = fc.oneof(
	fc.constantFrom('id', 'case_id', 'Activity', 'activity', 'patient', 'created_at', 'closed_at', 'time:timestamp', 'amount', 'breaches', 'attendances', 'Rate %', 'csat score', 'select', 'n', 't', 'd0', 'x', 'source_row', '_row', 'rule', 'case__path', 'Größe', '年齢', 'a "quoted" name', "it's", '{groups}', '{{ var(\'as_of\') }}', '', ' ', '1', 'Total; drop table x', 'très long nom de colonne qui dépasse toutes les bornes de la page', '🙂', 'a\nb', 'status', 'resource', 'lifecycle:transition'),
	fc.string({ maxLength: 12 }),
	fc.string({ unit: 'grapheme', maxLength: 8 }),
);

/** A stream of numbers from 0 to 1, the same for the same seed. */
function stream(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
		return state / 2 ** 32;
	};
}

const start = Date.UTC(2024, 0, 1);
const words = ['late', 'in time', 'wrong', 'missing papers', 'answered', 'no answer', 'second try'];

function cellsOf(kind: Kind, rows: number, seed: number, missing: number, bad: number): (string | null)[] {
	const [next, base] = [stream(seed), stream(99)];
	return Array.from({ length: rows }, (_, i): string | null => {
		const [chance, u] = [next(), next()];
		const shared = base();
		const since = start + Math.floor(shared * 400) * 86_400_000;
		if (kind === 'empty' || chance < missing) return null;
		if (chance < missing + bad && !['few', 'many', 'words', 'hostile', 'id', 'constant', 'case', 'activity', 'transition'].includes(kind)) return '?? unreadable';
		switch (kind) {
			case 'whole': return String(Math.floor(u * 10_000));
			case 'decimal': return (u * 200 - 100).toFixed(2);
			case 'few-whole': return String(Math.floor(u * 6));
			case 'id': return `R-${String(i * 7 + 3)}`;
			case 'sequence': return String(i);
			case 'day': return toIso(since).slice(0, 10);
			case 'month': return `2024-${String(1 + Math.floor(u * 12)).padStart(2, '0')}-01`;
			case 'instant': return toIso(since + Math.floor(u * 86_400_000));
			case 'later': return toIso(since + 86_400_000 + Math.floor(u * u * 40 * 86_400_000));
			case 'flag': return u < 0.3 ? 'Yes' : 'No';
			case 'few': return ['phone', 'e-mail', "o'clock", 'a "b"', '{value}', 'Ärzte'][Math.floor(u * 6)] ?? '';
			case 'many': return `site ${String(Math.floor(u * 80))}`;
			case 'words': return Array.from({ length: 12 }, () => words[Math.floor(next() * words.length)] ?? '').join(' ');
			case 'constant': return 'same';
			case 'case': return `C-${String(Math.floor(u * Math.max(1, rows / 4)))}`;
			case 'activity': return ['register', 'examine', "decide 'now'", 'pay {it}', '送る'][Math.floor(u * 5)] ?? '';
			case 'transition': return u < 0.5 ? 'start' : 'complete';
			case 'part': return String(Math.floor(shared * 60));
			case 'whole-of-parts': return String(100 + Math.floor(shared * 900));
			case 'hostile': return ["'; drop table records; --", '{{ ref(\'x\') }}', '=1+1', 'NaN', 'null', '\u0000', '  '][Math.floor(u * 7)] ?? '';
		}
	});
}

interface Made {
	name: string;
	kind: Kind;
	seed: number;
	missing: number;
	bad: number;
}

/** Columns that belong together, so that logs, spans and parts of wholes come about. */
const themes: Readonly<Record<string, readonly (readonly [string, Kind, number])[]>> = {
	none: [],
	log: [['case_id', 'case', 0], ['Activity', 'activity', 0], ['timestamp', 'instant', 0]],
	'log by halves': [['patient', 'case', 0], ['handling', 'activity', 0], ['lifecycle:transition', 'transition', 0], ['time', 'instant', 0], ['resource', 'few', 0.1]],
	spans: [['created_at', 'day', 0], ['closed_at', 'later', 0.3], ['first_response_at', 'later', 0.1]],
	parts: [['period', 'month', 0], ['attendances', 'whole-of-parts', 0], ['breaches', 'part', 0]],
};

const column = fc.record({ name: names, kind: fc.constantFrom(...kinds), seed: fc.nat(), missing: fc.constantFrom(0, 0, 0.1, 0.6), bad: fc.constantFrom(0, 0, 0, 0.02) });

/** Tables of one to twelve columns of any kind under any names, from no row to five hundred. */
export const givenTables: fc.Arbitrary<Given> = fc
	.record({
		rows: fc.oneof({ weight: 1, arbitrary: fc.constantFrom(0, 1, 2, 30) }, { weight: 3, arbitrary: fc.integer({ min: 0, max: 500 }) }),
		theme: fc.constantFrom(...Object.keys(themes)),
		others: fc.array(column, { minLength: 1, maxLength: 7 }),
		seed: fc.nat(),
	})
	.map(({ rows, theme, others, seed }) => {
		const own = (themes[theme] ?? []).map(([name, kind, missing], i): Made => ({ name, kind, missing, seed: seed + i, bad: 0 }));
		const all = [...new Map([...others, ...own].map((made) => [made.name, made])).values()];
		return { name: 'random.csv', columns: all.map(({ name, kind, seed, missing, bad }) => ({ name, cells: cellsOf(kind, rows, seed, missing, bad) })) };
	});
