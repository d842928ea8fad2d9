import type { EngineApi } from '../engine/api.ts';
import { asThroughlineError } from '../lib/errors.ts';
import type { Remote } from '../lib/rpc.ts';
import { faultIn } from '../metrics/expression-text.ts';
import { written } from '../metrics/expressions.ts';
import { identifier } from '../metrics/relation.ts';
import type { Context, MeasureRow } from '../metrics/request.ts';
import { measurePlan } from '../metrics/tiles/plan.ts';
import { ask } from './answers.svelte.ts';
import type { OwnMeasure } from './location.ts';
import { ownMeasures } from './own-measures.ts';

/** What came of trying an expression: its value now, or what is wrong and at which character of what was written. */
export type Tried = { row: MeasureRow | null } | { says: string; at: number | null };

/** DuckDB names the line of the statement and draws a caret under the character; a long line is cut on both sides with dots. */
export function placeOf(message: string, text: string, firstLine: number): { says: string; at: number | null } {
	const says = message.split('\n\nLINE ')[0]?.trim() ?? message;
	const found = /\nLINE (\d+): (.*)\n( *)\^/.exec(message);
	if (!found) return { says, at: null };
	const [line, shown, caret] = [Number(found[1]) - firstLine, found[2] ?? '', (found[3] ?? '').length - `LINE ${found[1] ?? ''}: `.length];
	const lines = text.split('\n');
	const whole = lines[line];
	if (whole === undefined || caret < 0) return { says, at: null };
	const piece = shown.replace(/^\.\.\.|\.\.\.$/g, '');
	const cut = shown.startsWith('...') ? whole.indexOf(piece) - 3 : 0;
	const column = Math.min(whole.length, Math.max(0, cut + caret));
	return { says, at: lines.slice(0, line).reduce((sum, each) => sum + each.length + 1, 0) + column };
}

/**
 * Tries a measure as it is being written: first the text alone, then bound by DuckDB on its read-only connection without running
 * it, then asked under the filters in force. What DuckDB says of a name it does not know says more than that the name is not listed.
 */
export async function tryOwn(engine: Remote<EngineApi>, context: Context, own: OwnMeasure): Promise<Tried> {
	const { pack } = context;
	const { text, back } = written(pack, own.mart, own.expr, context.asOf);
	const fault = faultIn(text);
	if (fault && !fault.unlisted) return { says: fault.says, at: back(fault.at) };
	try {
		await engine.sql(`explain select (\n${text}\n)::double as value from marts.${identifier(own.mart)}`, 1);
	} catch (error) {
		const { says, at } = placeOf(asThroughlineError(error).message, text, 2);
		return { says, at: at === null ? null : back(at) };
	}
	if (fault) return { says: fault.says, at: back(fault.at) };
	try {
		const id = 'own_tried';
		const measures = { ...pack.measures, ...ownMeasures(pack, { [id]: own }) };
		const [row] = await ask(engine, measurePlan({ ...context, pack: { ...pack, measures } }, { measure: id }));
		return { row: row ?? null };
	} catch (error) {
		return { says: placeOf(asThroughlineError(error).message, '', 0).says, at: null };
	}
}
