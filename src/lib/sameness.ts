export interface Comparison {
	/** How many values of each kind were the same. */
	numbers: number;
	texts: number;
	/** Where the first difference lies (`kpis[0].row.value`), and both sides as text; null where there is none. */
	differs: { at: string; a: string; b: string } | null;
}

const shown = (value: unknown): string => (typeof value === 'object' && value !== null ? (Array.isArray(value) ? `a list of ${String(value.length)}` : 'an object') : Object.is(value, -0) ? '-0' : String(value));

/** Plain objects are of one kind, with a prototype or without. */
const kindOf = (value: object): unknown => (Object.getPrototypeOf(value) as unknown) ?? Object.prototype;

/** Two values part by part, numbers to the last bit (NaN equals itself, −0 is not 0); parts that are the same object are not looked into. */
export function compared(a: unknown, b: unknown): Comparison {
	const sum: Comparison = { numbers: 0, texts: 0, differs: null };
	walk(a, b, '', sum);
	return sum;
}

function walk(a: unknown, b: unknown, at: string, sum: Comparison): void {
	if (sum.differs !== null) return;
	if (typeof a !== 'object' || a === null || typeof b !== 'object' || b === null) {
		if (!Object.is(a, b)) sum.differs = { at, a: shown(a), b: shown(b) };
		else if (typeof a === 'number' || typeof a === 'bigint') sum.numbers++;
		else if (typeof a === 'string') sum.texts++;
		return;
	}
	if (a === b) return;
	const names = Object.keys(a);
	const list = Array.isArray(a) || ArrayBuffer.isView(a);
	if (kindOf(a) !== kindOf(b) || names.length !== Object.keys(b).length || !names.every((name) => Object.hasOwn(b, name))) {
		sum.differs = { at, a: `${shown(a)} (${names.slice(0, 9).join(', ')})`, b: `${shown(b)} (${Object.keys(b).slice(0, 9).join(', ')})` };
		return;
	}
	for (const name of names) walk((a as Record<string, unknown>)[name], (b as Record<string, unknown>)[name], list ? `${at}[${name}]` : at === '' ? name : `${at}.${name}`, sum);
}
