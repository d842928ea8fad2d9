/**
 * What is known of a value when some columns of the data are missing: `live`, it comes from data that is there; `lost`, all that it could
 * come from is missing; `opened`, it is nothing but when a row began; `fixed`, it comes from no data at all.
 */
export interface Known {
	is: 'live' | 'lost' | 'opened' | 'fixed';
	/** The missing columns, for what is lost. */
	lacks: readonly string[];
	/** Lost, and replaced by something fixed where it stands. */
	replaced?: true;
	/** Lost, and yet it may come out true: it was asked whether there is nothing. */
	maybe?: true;
	/** Fixed, and always nothing. */
	nothing?: true;
}

export const live: Known = { is: 'live', lacks: [] };
export const fixed: Known = { is: 'fixed', lacks: [] };
export const opened: Known = { is: 'opened', lacks: [] };
export const lost = (...lacks: readonly string[]): Known => ({ is: 'lost', lacks });

function first(all: readonly Known[], order: readonly Known['is'][]): Known {
	const is = order.find((each) => all.some((one) => one.is === each)) ?? 'fixed';
	if (is !== 'lost') return { is, lacks: [] };
	const gone = all.filter((one) => one.is === 'lost');
	return { is, lacks: [...new Set(gone.flatMap(({ lacks }) => lacks))], ...(gone.some(({ maybe, replaced }) => maybe === true || replaced === true) ? { maybe: true } : {}) };
}

/** Of what needs all of its parts: one that is lost loses it. */
export const everyOf = (all: readonly Known[]): Known => first(all, ['lost', 'live', 'opened']);

/** Of what does with any of its parts. */
export const anyOf = (all: readonly Known[]): Known => first(all, ['live', 'lost', 'opened']);

/** A condition of several: what was replaced by something fixed says nothing, what is lost otherwise loses it. */
export function bothOf(all: readonly Known[]): Known {
	const hard = all.filter(({ is, replaced }) => is === 'lost' && replaced !== true);
	return hard.length > 0 ? everyOf(hard) : anyOf(all);
}
