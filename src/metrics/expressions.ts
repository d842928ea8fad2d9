import { ThroughlineError } from '../lib/errors.ts';
import { instantLiteral } from '../lib/template.ts';
import type { Measure, Pack } from '../pack/types.ts';
import { faultIn } from './expression-text.ts';

/**
 * A measure as one aggregate over rows of its mart, so that expressions may name it (`{cases_opened}`); null where it is no
 * aggregate (Kaplan–Meier). It may still hold `{{ var(…) }}`.
 */
export function aggregateOf(measure: Measure): string | null {
	const rows = measure.where === undefined ? '' : ` filter (where ${measure.where})`;
	const among = (condition: string): string => ` filter (where (${condition})${measure.where === undefined ? '' : ` and (${measure.where})`})`;
	switch (measure.kind) {
		case 'count':
			return `count(*)${rows}::double`;
		case 'sum':
			return `sum(${measure.expr})${rows}::double`;
		case 'mean':
			return `avg(${measure.expr})${rows}`;
		case 'share':
			return `(count(*)${among(`(${measure.num}) and (${measure.den})`)}::double / nullif(count(*)${among(measure.den)}, 0))`;
		case 'ratio':
			return `(sum(${measure.num})${rows}::double / nullif(sum(${measure.den})${rows}, 0))`;
		case 'quantile':
			return `quantile_cont(${measure.expr}, ${String(measure.q)})${rows}`;
		case 'balance':
			return `count(*)${among(`${measure.from} <= {{ var('as_of') }} and (${measure.to} is null or ${measure.to} > {{ var('as_of') }})`)}::double`;
		case 'expression':
			return `(${measure.expr})`;
		case 'survival':
			return null;
	}
}

/** Measures that an expression over this mart may name. */
export function usable(pack: Pack, mart: string): string[] {
	return Object.entries(pack.measures).flatMap(([id, measure]) => (measure.mart === mart && measure.kind !== 'expression' && aggregateOf(measure) !== null ? [id] : []));
}

/** A text in which parts were replaced; `back` leads from a place in it to the place in the text before. */
export interface Rewritten {
	text: string;
	back: (at: number) => number;
}

/** A place inside what was put in stands for the beginning of what it replaced. */
function rewritten(text: string, pattern: RegExp, put: (match: RegExpExecArray) => string | null): Rewritten {
	const parts: { at: number; from: number; text: string; kept: boolean }[] = [];
	let [done, length] = [0, 0];
	const add = (from: number, piece: string, kept: boolean): void => {
		parts.push({ at: length, from, text: piece, kept });
		length += piece.length;
	};
	for (const match of text.matchAll(pattern)) {
		const piece = put(match);
		if (piece === null) continue;
		add(done, text.slice(done, match.index), true);
		add(match.index, piece, false);
		done = match.index + match[0].length;
	}
	add(done, text.slice(done), true);
	return {
		text: parts.map((part) => part.text).join(''),
		back: (at) => {
			const part = parts.findLast((each) => each.at <= at && (each.text !== '' || each === parts.at(-1)));
			return part ? part.from + (part.kept ? at - part.at : 0) : at;
		},
	};
}

function withMeasures(pack: Pack, mart: string, expr: string): Rewritten {
	return rewritten(expr, /\{(\w+)\}(?!\})/g, (match) => {
		const measure = expr[match.index - 1] === '{' ? undefined : pack.measures[match[1] ?? ''];
		return measure?.mart === mart && measure.kind !== 'expression' ? aggregateOf(measure) : null;
	});
}

/** The expression with the measures it names put in; what cannot be put in stays, to be refused where it is compiled. */
export function inlined(pack: Pack, mart: string, expr: string): string {
	return withMeasures(pack, mart, expr).text;
}

/** As it will be asked, measures and vars put in, with the way back to what was written. An unknown var stays. */
export function written(pack: Pack, mart: string, expr: string, asOf: string): Rewritten {
	const first = withMeasures(pack, mart, expr);
	const second = rewritten(first.text, /\{\{\s*var\(\s*'([^']+)'\s*\)\s*\}\}/g, (match) => {
		const name = match[1] ?? '';
		if (name === 'as_of') return instantLiteral(asOf);
		const value = Object.hasOwn(pack.vars, name) ? pack.vars[name] : undefined;
		return value === undefined ? null : typeof value === 'number' ? String(value) : `'${value.replaceAll("'", "''")}'`;
	});
	return { text: second.text, back: (at) => first.back(second.back(at)) };
}

/** The rendered text of an expression where it is one aggregate over the rows of its mart; throws `measure.own` where it could be anything else. */
export function admitted(label: string, expr: string, rendered: string): string {
	const fault = /\{\{\s*(ref|source)\b/.test(expr) ? { says: 'other tables cannot be named' } : faultIn(rendered);
	if (fault) throw new ThroughlineError('measure.own', { label, message: fault.says });
	return rendered;
}
