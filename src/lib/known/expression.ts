import { anyOf, bothOf, everyOf, fixed, live, type Known } from './known.ts';
import { closing, isMark, isWord, placesOf, type Token } from './tokens.ts';

/** What the names in an expression stand for. */
export interface Scope {
	/** Null where it names no column. */
	column: (name: string, of: string | null) => Known | null;
	isRelation: (name: string) => boolean;
	/** Whether there are rows. */
	rows: Known;
}

/** Do with any of what they are given. */
const lenient = ['coalesce', 'ifnull', 'greatest', 'least', 'concat', 'concat_ws'];

/** What is known of an expression: it is read as far as is needed to see which parts it cannot do without. */
export function knownOf(tokens: readonly Token[], scope: Scope): Known {
	let at = 0;
	const ends = (): boolean => at >= tokens.length || isMark(tokens[at], ')') || isMark(tokens[at], ',') || isWord(tokens[at], 'when', 'then', 'else', 'end');

	function chain(word: string, next: () => Known, join: (all: readonly Known[]) => Known): Known {
		const all = [next()];
		while (isWord(tokens[at], word)) {
			at++;
			all.push(next());
		}
		return all.length === 1 ? (all[0] ?? fixed) : join(all);
	}
	const either = (): Known => chain('or', both, anyOf);
	const both = (): Known => chain('and', flat, bothOf);

	/** Operators of every other kind need both of their sides. */
	function flat(): Known {
		const all: Known[] = [];
		const from = at;
		let between = false;
		while (!ends() && !isWord(tokens[at], 'or') && (between || !isWord(tokens[at], 'and'))) {
			if (isWord(tokens[at], 'and')) between = false;
			if (isWord(tokens[at], 'between')) between = true;
			all.push(primary());
		}
		const [said, words] = [all.filter(({ is }) => is !== 'fixed'), tokens.slice(from, at)];
		const known = said.length === 1 && all.length <= 2 ? (said[0] ?? fixed) : placesOf(words, (token) => isWord(token, 'distinct')).length > 0 ? anyOf(said) : everyOf(said);
		return known.is === 'lost' && placesOf(words, (token) => isWord(token, 'is')).length > 0 ? { ...known, maybe: true } : known;
	}

	function several(): Known[] {
		const all: Known[] = [];
		while (at < tokens.length && !isMark(tokens[at], ')')) {
			const before = at;
			all.push(either());
			if (isMark(tokens[at], ',') || at === before) at++;
		}
		at++;
		return all;
	}

	function primary(): Known {
		const token = tokens[at++];
		if (!token || token.kind === 'literal') return fixed;
		if (isMark(token, '(')) {
			if (!isWord(tokens[at], 'select', 'with', 'from')) return grouped(several());
			at = closing(tokens, at - 1);
			return live;
		}
		if (isMark(token, '::')) {
			at++;
			if (isMark(tokens[at], '(')) at = closing(tokens, at);
			return fixed;
		}
		if (token.kind === 'mark') return fixed;
		if (isWord(token, 'case')) return cased();
		return isMark(tokens[at], '(') && token.kind === 'word' ? called(token.text) : named(token);
	}

	const grouped = (all: readonly Known[]): Known => (all.length === 1 ? (all[0] ?? fixed) : everyOf(all));

	function named(token: Token): Known {
		if (!isMark(tokens[at], '.')) return scope.column(token.text, null) ?? fixed;
		const part = tokens[at + 1]?.text ?? '';
		at += 2;
		const known = scope.isRelation(token.text) ? scope.column(part, token.text) : scope.column(token.text, null);
		while (isMark(tokens[at], '.')) at += 2;
		return known ?? fixed;
	}

	function called(name: string): Known {
		const [open, close] = [at, closing(tokens, at)];
		if (['in', 'not', 'and', 'or', 'struct', 'interval'].includes(name)) return fixed;
		if (name === 'exists') {
			at = close;
			return live;
		}
		at = open + 1;
		const inside = tokens.slice(open + 1, close - 1);
		const counted = inside.length === 0 || (inside.length === 1 && isMark(inside[0], '*'));
		const cast = name === 'cast' || name === 'try_cast';
		const all = counted ? [scope.rows] : cast ? [either()] : several();
		at = close;
		const own = lenient.includes(name) ? replacedBy(all) : grouped(all);
		const among = filter();
		return among.is === 'fixed' ? own : everyOf([own, among]);
	}

	/** `filter (where …)` and `over (…)` after a call. */
	function filter(): Known {
		let found = fixed;
		if (isWord(tokens[at], 'filter')) {
			const close = closing(tokens, at + 1);
			at += isWord(tokens[at + 2], 'where') ? 3 : 2;
			found = either();
			at = close;
		}
		if (isWord(tokens[at], 'over')) at = isMark(tokens[at + 1], '(') ? closing(tokens, at + 1) : at + 2;
		return found;
	}

	function replacedBy(all: readonly Known[]): Known {
		const known = anyOf(all);
		return known.is === 'lost' && all.at(-1)?.is === 'fixed' ? { ...known, replaced: true } : known;
	}

	function cased(): Known {
		const [conditions, results]: [Known[], Known[]] = [[], []];
		const of = isWord(tokens[at], 'when') ? null : either();
		let otherwise = false;
		while (at < tokens.length && !isWord(tokens[at], 'end')) {
			const before = at;
			const word = tokens[at++]?.text;
			const part = either();
			if (word === 'when') conditions.push(of ? everyOf([of, part]) : part);
			else results.push(part);
			if (word === 'else') otherwise = true;
			if (at === before) at++;
		}
		at++;
		return ofCase(conditions, results, otherwise);
	}

	return either();
}

/** Lost where every result is that is not fixed, or where all are fixed or none is reached and every condition is lost. */
function ofCase(conditions: readonly Known[], results: readonly Known[], otherwise: boolean): Known {
	const [when, then] = [anyOf(conditions), anyOf(results)];
	const never = when.is === 'lost' && conditions.every(({ is, maybe, replaced }) => is === 'lost' && maybe !== true && replaced !== true);
	if (then.is === 'lost') return then;
	if (then.is === 'live') return never && !otherwise ? when : live;
	return never ? when : anyOf([when, then]);
}
