import { privacy } from '../../lib/texts/privacy.ts';
import type { Identifier, PrivacyAction, Recipe } from '../types.ts';
import { columnsAsked } from '../map/fingerprint.ts';
import type { Identified } from './identifiers.ts';

export type Standing = 'as-it-is' | 'pseudonymised' | 'safe-harbor';

export interface Named {
	source: string;
	column: string;
	identifier: Identifier;
}

/** What the result of an import is, with a reason and the columns that it rests on. */
export interface PrivacyStanding {
	standing: Standing;
	because: string;
	columns: readonly Named[];
}

const gone: ReadonlySet<PrivacyAction> = new Set(['drop', 'surrogate']);

/** What an action leaves of an identifier: nothing that Safe Harbor forbids, something that it does, or what names a person. */
function left(identifier: Identifier, action: PrivacyAction): Standing {
	if (gone.has(action)) return 'safe-harbor';
	if (identifier === 'zip' && action === 'zip3') return 'safe-harbor';
	if (identifier === 'date' && action === 'year') return 'safe-harbor';
	if (identifier === 'age' && action === 'age-90') return 'safe-harbor';
	// A year of birth can tell an age over 89, which Safe Harbor pools.
	if (identifier === 'birth-date' && (action === 'year' || action === 'shift')) return 'pseudonymised';
	return identifier === 'date' || identifier === 'age' ? 'pseudonymised' : 'as-it-is';
}

/**
 * `identifiers`: those of every source of the recipe. Columns that come into no table count as dropped. In doubt the lower standing is
 * said; where nothing looked like an identifier, or nothing was done about it, the data is as it is.
 */
export function privacyOf(recipe: Recipe, identifiers: Readonly<Record<string, readonly Identified[]>>): PrivacyStanding {
	const all = Object.entries(identifiers).flatMap(([source, found]) => {
		const own = Object.hasOwn(recipe.sources, source) ? recipe.sources[source] : undefined;
		if (!own || own.left) return [];
		const used = recipe.pack === null ? null : new Set(columnsAsked(recipe, source));
		return found.map(({ column, identifier }) => {
			const action = used !== null && !used.has(column) ? 'drop' : Object.hasOwn(own.privacy, column) ? (own.privacy[column] ?? 'keep') : 'keep';
			return { source, column, identifier, action, leaves: left(identifier, action) };
		});
	});
	const named = (standing: Standing): Named[] => all.filter(({ leaves }) => leaves === standing).map(({ source, column, identifier }) => ({ source, column, identifier }));
	const list = (columns: readonly Named[]): string => columns.map(({ source, column }) => `${column} (${source})`).join(', ');
	const remain = named('as-it-is');
	if (remain.length > 0) return { standing: 'as-it-is', because: privacy.remains(list(remain)), columns: remain };
	const limited = named('pseudonymised');
	const done = Object.values(identifiers).some((found) => found.length > 0);
	if (!done) return { standing: 'as-it-is', because: privacy.nothing, columns: [] };
	if (limited.length > 0 && all.every(({ action }) => action === 'keep')) return { standing: 'as-it-is', because: privacy.untouched(list(limited)), columns: limited };
	if (limited.length > 0) return { standing: 'pseudonymised', because: privacy.limited(list(limited)), columns: limited };
	return { standing: 'safe-harbor', because: privacy.safeHarbor, columns: [] };
}
