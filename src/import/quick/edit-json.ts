import { flag, list, oneOf, refuse, shape, text, type Decode } from '../map/decode.ts';
import type { QuickEdit } from './edit.ts';

const orNone: Decode<string | null> = (value, at) => (value === null ? null : text(value, at));
const positive: Decode<number> = (value, at) => (typeof value === 'number' && value > 0 && Number.isFinite(value) ? value : refuse(`${at} is no number above 0`));
const names: Decode<readonly [string, string]> = (value, at) => {
	const [one, many, ...more] = list(text)(value, at);
	return one !== undefined && many !== undefined && more.length === 0 ? [one, many] : refuse(`${at} is not one name and one for several`);
};

const column = <K extends QuickEdit['kind']>(...kinds: readonly K[]) => shape({ kind: oneOf(...kinds), column: text }, {});
const pair = <K extends QuickEdit['kind']>(...kinds: readonly K[]) => shape({ kind: oneOf(...kinds), start: text, end: text }, {});

/** By kind, so that a kind that is added does not compile without its reading. */
const edits: Readonly<Record<QuickEdit['kind'], Decode<QuickEdit>>> = {
	time: shape({ kind: oneOf('time'), column: orNone }, {}),
	key: shape({ kind: oneOf('key'), column: orNone }, {}),
	dimension: column('dimension'),
	number: column('number'),
	rate: column('rate'),
	leave: column('leave'),
	'not-dimension': column('not-dimension'),
	'not-number': column('not-number'),
	'not-rate': column('not-rate'),
	use: shape({ kind: oneOf('use'), column: text, use: oneOf('sum', 'mean', 'median') }, {}),
	label: shape({ kind: oneOf('label'), column: text, label: text }, {}),
	name: shape({ kind: oneOf('name'), label: text, entity: names }, {}),
	span: shape({ kind: oneOf('span'), start: text, end: text, open: flag }, {}),
	limit: shape({ kind: oneOf('limit'), start: text, end: text, days: positive }, {}),
	'not-span': pair('not-span'),
	ratio: shape({ kind: oneOf('ratio'), part: text, whole: text }, {}),
	'not-ratio': shape({ kind: oneOf('not-ratio'), part: text, whole: text }, {}),
	'event-log': shape({ kind: oneOf('event-log'), case: text, activity: text, lifecycle: orNone }, {}),
	'not-event-log': shape({ kind: oneOf('not-event-log') }, {}),
};

/** What a person changed in a plan, as it comes from outside; whether it is possible there is seen where it is done. */
export const quickEdit: Decode<QuickEdit> = (value, at) => {
	const kind: unknown = typeof value === 'object' && value !== null && 'kind' in value ? value.kind : undefined;
	return edits[oneOf(...(Object.keys(edits) as QuickEdit['kind'][]))(kind, `${at}.kind`)](value, at);
};
