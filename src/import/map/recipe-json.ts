import type { Pack } from '../../pack/types.ts';
import type { QuickEdit } from '../quick/edit.ts';
import { quickEdit } from '../quick/edit-json.ts';
import type { ColumnRecipe, Conversion, Dialect, PersonColumn, Recipe, SourceRecipe, TableRecipe } from '../types.ts';
import { count, flag, list, oneOf, record, refuse, shape, text, type Decode } from './decode.ts';

const LONGEST = 8_000_000;

const dialect: Decode<Partial<Dialect>> = shape({}, { encoding: text, delimiter: text, quote: text, escape: text, preamble: count, headers: count, footer: count });

const texts = list(text);
const conversions: Readonly<Record<Conversion['kind'], Decode<Conversion>>> = {
	text: shape({ kind: oneOf('text'), missing: texts }, {}),
	number: shape({ kind: oneOf('number'), missing: texts, decimal: oneOf('.', ','), group: oneOf('', ',', '.', ' ', "'"), percent: flag, currency: text }, {}),
	timestamp: shape({ kind: oneOf('timestamp'), missing: texts, forms: texts }, { since: count }),
	'timestamp-number': shape({ kind: oneOf('timestamp-number'), missing: texts, unit: oneOf('excel-day', 'excel-day-1904', 'epoch-second', 'epoch-millisecond', 'yyyymmdd') }, {}),
	boolean: shape({ kind: oneOf('boolean'), missing: texts, yes: texts, no: texts }, {}),
};

const conversion: Decode<Conversion> = (value, at) => {
	const kind: unknown = typeof value === 'object' && value !== null && 'kind' in value ? value.kind : undefined;
	return conversions[oneOf('text', 'number', 'timestamp', 'timestamp-number', 'boolean')(kind, `${at}.kind`)](value, at);
};

const person: Decode<PersonColumn> = shape({ column: text }, { through: shape({ source: text, key: text, person: text }, {}) });

const source: Decode<SourceRecipe> = shape(
	{
		dialect,
		answers: record(() => text),
		conversions: record(() => conversion),
		privacy: record(() => oneOf('keep', 'drop', 'surrogate', 'zip3', 'year', 'age-90', 'shift')),
		left: flag,
	},
	{ person },
);

const column: Decode<ColumnRecipe> = (value, at) => {
	const read: ColumnRecipe = shape({ from: texts }, { numbered: (one: unknown, where: string) => (one === true ? (true as const) : refuse(`${where} can only be true`)), values: record(() => text) })(value, at);
	const fits = read.numbered ? read.from.length === 0 : read.from.length === 1 || read.from.length === 2;
	return fits ? read : refuse(`${at}.from has ${String(read.from.length)} columns`);
};

function table(pack: Pack | undefined, name: string): Decode<TableRecipe> {
	const contract = pack?.raw[name];
	const known = (each: string): void => {
		if (contract && !Object.hasOwn(contract.columns, each)) refuse(`${name} has no column ${each}`);
	};
	return (value, at) => {
		const read: TableRecipe = shape({ source: text, columns: record(() => column), extra: texts, once: texts }, {})(value, at);
		Object.keys(read.columns).forEach(known);
		const unmapped = read.once.find((each) => !Object.hasOwn(read.columns, each));
		return unmapped === undefined ? read : refuse(`${at}.once names ${unmapped}, which is not mapped`);
	};
}

/** Indented text: what a person saves and may read. */
export const recipeToJson = (recipe: Recipe): string => `${JSON.stringify(recipe, null, '\t')}\n`;

/** A recipe and what a person changed in a plan that was inferred, as one file. The plan itself is inferred anew from the file it is for. */
export function mappingToJson({ plan: _, ...recipe }: Recipe, edits: readonly QuickEdit[]): string {
	return `${JSON.stringify({ ...recipe, ...(recipe.pack === null && edits.length > 0 ? { edits } : {}) }, null, '\t')}\n`;
}

/** Throws `recipe.unreadable`, naming the part that is not as it should be. */
export const recipeFromJson = (json: string, packs: Readonly<Record<string, Pack>>): Recipe => mappingFromJson(json, packs).recipe;

/** Throws `recipe.unreadable`, naming the part that is not as it should be. */
export function mappingFromJson(json: string, packs: Readonly<Record<string, Pack>>): { recipe: Recipe; edits: QuickEdit[] } {
	if (json.length > LONGEST) refuse('it is longer than any mapping');
	let value: unknown;
	try {
		value = JSON.parse(json);
	} catch {
		refuse('it is no JSON');
	}
	const version: unknown = typeof value === 'object' && value !== null && 'version' in value ? value.version : undefined;
	if (version !== 1) refuse(version === undefined ? 'it does not say its version' : `its version ${String(version).slice(0, 20)} is not known here`);
	const id: unknown = (value as { pack?: unknown }).pack;
	const pack = typeof id === 'string' && Object.hasOwn(packs, id) ? packs[id] : undefined;
	if (id !== null && pack === undefined) refuse(`there is no pack called ${String(id).slice(0, 60)}`);
	const tables = record((name) => {
		if (pack && !Object.hasOwn(pack.raw, name)) refuse(`${pack.label} has no table ${name.slice(0, 60)}`);
		return list(table(pack, name));
	});
	const { edits = [], ...read } = shape({ version: () => 1 as const, pack: () => pack?.id ?? null, sources: record(() => source), tables }, { repeats: oneOf('later'), edits: list(quickEdit) })(value, 'it');
	if (edits.length > 0 && pack) refuse(`it changes columns of a table of its own, and is for ${pack.label}`);
	const lost = Object.values(read.tables).flat().find((one) => !Object.hasOwn(read.sources, one.source));
	return lost ? refuse(`a table is fed by ${lost.source.slice(0, 60)}, about which it says nothing`) : { recipe: read, edits };
}
