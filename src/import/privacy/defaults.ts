import type { CellType } from '../../pack/types.ts';
import type { ColumnProfile, ColumnReading, Identifier, PrivacyAction } from '../types.ts';
import { identifiersIn } from './identifiers.ts';

const defaults: Readonly<Record<Identifier, PrivacyAction>> = {
	name: 'drop',
	'e-mail': 'drop',
	phone: 'drop',
	ssn: 'drop',
	address: 'keep',
	ip: 'drop',
	url: 'drop',
	'free-text': 'drop',
	zip: 'zip3',
	'birth-date': 'year',
	'record-number': 'keep',
	date: 'keep',
	age: 'keep',
};

/** What is done unless a person says otherwise: what no analysis needs is dropped, ids and dates stay on the device. */
export const defaultAction = (identifier: Identifier): PrivacyAction => defaults[identifier];

/**
 * Actions by column. What a contract column asks for stays, but for free text, which is dropped unless kept on purpose; a JSON
 * column with declared fields is no free text. `askedAs`: the type of the contract column that a column feeds, or null.
 */
export function proposePrivacy(profiles: readonly ColumnProfile[], readings: readonly ColumnReading[] | undefined, askedAs: (column: string) => CellType | null): [string, PrivacyAction][] {
	return identifiersIn(profiles, readings).map(({ column, identifier }) => {
		const asked = askedAs(column);
		const stays = asked !== null && (identifier !== 'free-text' || asked === 'json');
		return [column, stays ? 'keep' : defaultAction(identifier)];
	});
}
