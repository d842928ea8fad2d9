import { ThroughlineError } from '../../lib/errors.ts';

/** Reads one part of a value that came from outside; `at` names the part in a message. */
export type Decode<T> = (value: unknown, at: string) => T;

export function refuse(reason: string): never {
	throw new ThroughlineError('recipe.unreadable', { reason });
}

const short = (at: string): string => (at.length > 120 ? `${at.slice(0, 120)}…` : at);

export const text: Decode<string> = (value, at) => (typeof value === 'string' ? value : refuse(`${short(at)} is no text`));

export const flag: Decode<boolean> = (value, at) => (typeof value === 'boolean' ? value : refuse(`${short(at)} is not true or false`));

export const count: Decode<number> = (value, at) =>
	typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : refuse(`${short(at)} is no whole number`);

export const list =
	<T>(item: Decode<T>): Decode<T[]> =>
	(value, at) =>
		Array.isArray(value) ? value.map((one, i) => item(one, `${at}[${String(i)}]`)) : refuse(`${short(at)} is no list`);

export function oneOf<T extends string>(...allowed: readonly T[]): Decode<T> {
	return (value, at) => allowed.find((one) => one === value) ?? refuse(`${short(at)} is not one of ${allowed.map((one) => `"${one}"`).join(', ')}`);
}

function entries(value: unknown, at: string): [string, unknown][] {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) return refuse(`${short(at)} is no record`);
	const all = Object.entries(value);
	if (all.some(([key]) => key === '__proto__')) return refuse(`${short(at)} holds a name that is not taken`);
	return all;
}

/** Any names, one kind of value; `known` may refuse a name. */
export const record =
	<T>(item: (name: string) => Decode<T>): Decode<Record<string, T>> =>
	(value, at) =>
		Object.fromEntries(entries(value, at).map(([key, one]) => [key, item(key)(one, `${at}.${key}`)]));

type Fields = Readonly<Record<string, Decode<unknown>>>;
type Decoded<F extends Fields> = { [K in keyof F]: ReturnType<F[K]> };

/** These fields and no others; those of `may` can be absent. */
export const shape =
	<F extends Fields, M extends Fields>(must: F, may: M): Decode<Decoded<F> & Partial<Decoded<M>>> =>
	(value, at) => {
		const all = new Map(entries(value, at));
		for (const key of Object.keys(must)) if (!all.has(key)) refuse(`${short(at)} lacks ${key}`);
		const read = [...all].map(([key, one]) => {
			const field = Object.hasOwn(must, key) ? must[key] : Object.hasOwn(may, key) ? may[key] : undefined;
			return [key, field ? field(one, `${at}.${key}`) : refuse(`${short(at)} has a field ${short(key)} that is not known`)];
		});
		return Object.fromEntries(read) as Decoded<F> & Partial<Decoded<M>>;
	};
