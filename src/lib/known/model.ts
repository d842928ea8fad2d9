import { anyOf, everyOf, fixed, live, type Known } from './known.ts';
import { knownOf, type Scope } from './expression.ts';
import { closing, isMark, isWord, listed, placesOf, type Token, tokensOf } from './tokens.ts';

/** What is known of the columns of a table. A column that is not among them is there where `columns` is null. */
export interface Relation {
	rows: Known;
	columns: ReadonlyMap<string, Known> | null;
}

export type Find = (kind: 'ref' | 'source', name: string) => Relation;

const unknown: Relation = { rows: live, columns: null };
const after = ['where', 'group', 'having', 'qualify', 'window', 'order', 'limit', 'offset', 'using'];
const joining = ['join', 'inner', 'left', 'right', 'full', 'cross', 'anti', 'semi', 'asof', 'positional', 'natural', 'outer'];

/** What is known of the rows and columns that a model gives, from its SQL and what is known of the tables it reads. What cannot be read counts as there. */
export function relationOf(sql: string, find: Find): Relation {
	return statement(tokensOf(sql), new Map(), find);
}

function statement(tokens: readonly Token[], outer: ReadonlyMap<string, Relation>, find: Find): Relation {
	const named = new Map(outer);
	let at = 0;
	if (isWord(tokens[0], 'with')) {
		at = 1;
		while (at < tokens.length) {
			const name = tokens[at]?.text ?? '';
			const open = tokens.findIndex((token, i) => i > at && isMark(token, '('));
			if (open < 0) return unknown;
			const close = closing(tokens, open);
			named.set(name, statement(tokens.slice(open + 1, close - 1), named, find));
			at = close;
			if (!isMark(tokens[at], ',')) break;
			at++;
		}
	}
	const body = tokens.slice(at);
	const unions = placesOf(body, (token) => isWord(token, 'union', 'intersect', 'except'));
	const parts = [...unions, body.length].map((end, i) => body.slice(i === 0 ? 0 : (unions[i - 1] ?? 0) + 1, end).filter((token, place) => !(place === 0 && isWord(token, 'all', 'distinct'))));
	const [first = unknown, ...others] = parts.map((part) => select(part, named, find));
	return others.length === 0 ? first : united([first, ...others]);
}

/** Columns of several tables one under the other, by their places. Something fixed in one of them tells its rows from those of the others. */
function united(all: readonly Relation[]): Relation {
	const [first] = all;
	const rows = anyOf(all.map((one) => one.rows));
	if (!first?.columns || all.some(({ columns }) => columns?.size !== first.columns?.size)) return { rows, columns: null };
	const lists = all.map(({ columns }) => [...(columns?.values() ?? [])]);
	return { rows, columns: new Map([...first.columns.keys()].map((name, i) => [name, anyOf(lists.map((list) => (list[i]?.is === 'fixed' && list[i].nothing !== true ? live : (list[i] ?? live))))])) };
}

function select(tokens: readonly Token[], named: ReadonlyMap<string, Relation>, find: Find): Relation {
	if (!isWord(tokens[0], 'select')) return unknown;
	const [from = tokens.length] = placesOf(tokens, (token, at) => isWord(token, 'from') && !(isWord(tokens[at - 1], 'distinct') && isWord(tokens[at - 2], 'is', 'not')));
	const rest = tokens.slice(from + 1);
	const [end = rest.length] = placesOf(rest, (token) => isWord(token, ...after) && token.text !== 'using');
	const { relations, rows } = sources(rest.slice(0, end), named, find);
	const columns = new Map<string, Known>();
	const scope = scopeOf(relations, rows, columns);
	const items = tokens.slice(isWord(tokens[1], 'distinct') ? 2 : 1, from);
	for (const item of listed(items)) {
		const star = item.findIndex((token, at) => isMark(token, '*') && (at === 0 || (at === 2 && isMark(item[1], '.'))));
		if (star < 0) {
			const [as] = placesOf(item, (token) => isWord(token, 'as')).slice(-1);
			const known = knownOf(item.slice(0, as ?? item.length), scope);
			const nothing = isWord(item[0], 'null') && (as === 1 || isMark(item[1], '::'));
			columns.set(item.at(-1)?.text ?? '', known.is !== 'fixed' ? known : rows.is === 'lost' ? rows : nothing ? { ...known, nothing } : known);
			continue;
		}
		const taken = star === 0 ? [...relations.values()] : [relations.get(item[0]?.text ?? '') ?? unknown];
		const changed = new Set(item.slice(star + 1).map(({ text }) => text));
		if (taken.some((one) => one.columns === null) || changed.has('replace') || changed.has('rename')) return { rows, columns: null };
		for (const one of taken) for (const [name, known] of one.columns ?? []) if (!changed.has(name) && !columns.has(name)) columns.set(name, known);
	}
	return { rows, columns };
}

/** Names stand for columns of these tables, or for what the same list has named before. */
function scopeOf(relations: ReadonlyMap<string, Relation>, rows: Known, before: ReadonlyMap<string, Known> = new Map()): Scope {
	return {
		rows,
		isRelation: (name) => relations.has(name),
		column: (name, of) => {
			const found = (of === null ? [...relations.values()] : [relations.get(of) ?? unknown]).flatMap((one) => one.columns?.get(name) ?? []);
			const earlier = of === null ? before.get(name) : undefined;
			const somewhere = [...relations.values()].some((one) => one.columns === null);
			return found[0] ?? earlier ?? (somewhere ? live : null);
		},
	};
}

/** A table joined by what is lost has no row that fits. */
function joined(relation: Relation, on: Known): Relation {
	if (on.is !== 'lost' || on.maybe === true || on.replaced === true) return relation;
	return { rows: on, columns: relation.columns && new Map([...relation.columns.keys()].map((name) => [name, on])) };
}

/** The tables of a `from`, by the names they have there; rows that a join only adds to are not what there are rows by. */
function sources(tokens: readonly Token[], named: ReadonlyMap<string, Relation>, find: Find): { relations: Map<string, Relation>; rows: Known } {
	const relations = new Map<string, Relation>();
	let rows: Known = fixed;
	let at = 0;
	let kind = 'inner';
	while (at < tokens.length) {
		while (isWord(tokens[at], ...joining) || isMark(tokens[at], ',')) {
			const word = tokens[at++]?.text ?? '';
			if (['left', 'anti', 'right', 'full', 'asof'].includes(word)) kind = word;
		}
		const token = tokens[at];
		if (!token) break;
		let relation = unknown;
		let name = token.text;
		if (isMark(token, '(')) {
			const close = closing(tokens, at);
			relation = statement(tokens.slice(at + 1, close - 1), named, find);
			at = close;
		} else if (token.kind === 'ref' || token.kind === 'source') {
			relation = find(token.kind, token.text);
			at++;
		} else {
			relation = named.get(token.text) ?? unknown;
			at = isMark(tokens[at + 1], '(') ? closing(tokens, at + 1) : at + 1;
		}
		if (isWord(tokens[at], 'as')) at++;
		const alias = tokens[at];
		if (alias && (alias.kind === 'name' || (alias.kind === 'word' && ![...joining, ...after, 'on'].includes(alias.text)))) {
			name = alias.text;
			at++;
		}
		const rest = tokens.slice(at);
		const [next = rest.length] = placesOf(rest, (each) => isWord(each, ...joining) || isMark(each, ','));
		if (isWord(rest[0], 'on')) relation = joined(relation, knownOf(rest.slice(1, next), scopeOf(new Map([...relations, [name, relation]]), live)));
		relations.set(name, relation);
		if (kind === 'inner') rows = rows.is === 'fixed' ? relation.rows : everyOf([rows, relation.rows]);
		if (kind === 'full' || kind === 'right') rows = anyOf([rows, relation.rows]);
		kind = 'inner';
		at += next;
	}
	return { relations, rows };
}
