/**
 * Values as JSON and back, exactly: numbers to the last bit (NaN, infinities and −0 too), undefined, bigint, typed arrays. Rows that have
 * the same names are written as columns. Objects that are known on both sides are written by their names and are there again as themselves.
 */

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
type Plain = Readonly<Record<string, unknown>>;

const typed = { Float64Array, Float32Array, Int32Array, Uint32Array, Int16Array, Uint16Array, Int8Array, Uint8Array } as const;
const odd: Readonly<Record<string, unknown>> = { NaN: Number.NaN, Infinity: Infinity, '-Infinity': -Infinity, '-0': -0, undefined };
const mark = '$';
const marked = (kind: string, of: Json): Json => ({ [mark]: kind, of });

function isPlain(value: unknown): value is Plain {
	if (typeof value !== 'object' || value === null) return false;
	const prototype: unknown = Object.getPrototypeOf(value);
	return prototype === Object.prototype || prototype === null;
}

/** Names in order, where all are plain objects with the same ones. */
function sharedNames(values: readonly unknown[]): string[] | null {
	if (!values.every(isPlain)) return null;
	const names = Object.keys(values[0] ?? {});
	return values.every((value) => Object.keys(value).length === names.length && Object.keys(value).every((name, i) => name === names[i])) ? names : null;
}

const refuse = (at: string, why: string): never => {
	throw new RangeError(`${at === '' ? 'the value' : at} cannot be packed: ${why}`);
};

/**
 * Packs several readings of one value, which may differ in their texts and in nothing else (the same numbers in the words of
 * several locales); `unpacked` gives back the one that is asked for.
 */
export function packed(readings: readonly unknown[], named: ReadonlyMap<unknown, string> = new Map()): Json {
	return pack(readings, named, '');
}

function pack(all: readonly unknown[], named: ReadonlyMap<unknown, string>, at: string): Json {
	const [value] = all;
	const name = named.get(value);
	if (name !== undefined && all.every((each) => each === value)) return marked('named', name);
	if (typeof value === 'string') return packText(all, at);
	if (typeof value === 'object' && value !== null) return packObject(all as readonly object[], named, at);
	if (!all.every((each) => Object.is(each, value))) refuse(at, 'its readings differ in more than texts');
	if (value === undefined || (typeof value === 'number' && (!Number.isFinite(value) || Object.is(value, -0)))) return marked(Object.is(value, -0) ? '-0' : String(value), null);
	if (typeof value === 'bigint') return marked('bigint', String(value));
	if (value === null || typeof value === 'boolean' || typeof value === 'number') return value;
	return refuse(at, `it is a ${typeof value}`);
}

function packText(all: readonly unknown[], at: string): Json {
	const texts = all.filter((each) => typeof each === 'string');
	if (texts.length !== all.length) return refuse(at, 'its readings differ in more than texts');
	return texts.every((each) => each === texts[0]) ? (texts[0] ?? '') : marked('texts', texts);
}

function packObject(all: readonly object[], named: ReadonlyMap<unknown, string>, at: string): Json {
	const [value] = all;
	const kind = Object.entries(typed).find(([, type]) => value instanceof type)?.[0];
	if (kind !== undefined) {
		const lists = all.map((each) => Array.from(each as Float64Array));
		return marked(kind, pack(lists, named, at));
	}
	if (Array.isArray(value)) {
		const lists = all as readonly (readonly unknown[])[];
		if (!lists.every((each) => Array.isArray(each) && each.length === value.length)) return refuse(at, 'its readings differ in more than texts');
		const names = value.length > 2 ? sharedNames(lists.flat()) : null;
		const items = (name: string | null): Json[] => Array.from(value, (_, i) => pack(lists.map((list) => (name === null ? list[i] : (list[i] as Plain)[name])), named, `${at}[${String(i)}]${name === null ? '' : `.${name}`}`));
		return names !== null && names.length > 0 && !value.some((each) => named.has(each)) ? marked('columns', [names, ...names.map(items)]) : items(null);
	}
	const names = sharedNames(all) ?? (isPlain(value) ? refuse(at, 'its readings differ in more than texts') : refuse(at, 'it is no plain object'));
	const entries = names.map((name): [string, Json] => [name, pack(all.map((each) => (each as Plain)[name]), named, `${at}.${name}`)]);
	return names.includes(mark) ? marked('entries', entries) : Object.fromEntries(entries);
}

/** What was packed, in its reading of that place, with the named objects of `named`. */
export function unpacked(json: unknown, reading = 0, named: (name: string) => unknown = () => undefined): unknown {
	const value = (each: unknown): unknown => unpacked(each, reading, named);
	if (Array.isArray(json)) return json.map(value);
	if (typeof json !== 'object' || json === null) return json;
	const { [mark]: kind, of } = json as { [mark]?: unknown; of?: unknown };
	if (typeof kind !== 'string') return Object.fromEntries(Object.entries(json).map(([name, each]) => [name, value(each)]));
	if (Object.hasOwn(odd, kind)) return odd[kind];
	if (Object.hasOwn(typed, kind)) return typed[kind as keyof typeof typed].from(value(of) as number[]);
	switch (kind) {
		case 'named':
			return named(of as string);
		case 'bigint':
			return BigInt(of as string);
		case 'texts':
			return (of as readonly string[])[reading];
		case 'entries':
			return Object.fromEntries((of as [string, unknown][]).map(([name, each]) => [name, value(each)]));
		case 'columns': {
			const [names = [], ...columns] = of as [string[], ...unknown[][]];
			const cells = columns.map((column) => column.map(value));
			return (cells[0] ?? []).map((_, i) => Object.fromEntries(names.map((name, column) => [name, cells[column]?.[i]])));
		}
		default:
			throw new RangeError(`unknown mark ${kind}`);
	}
}
