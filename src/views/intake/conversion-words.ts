import type { Conversion } from '../../import/types.ts';
import { intake } from '../../lib/texts/intake.ts';
import { reading } from '../../lib/texts/reading.ts';

const say = intake.conversions;

/** One instant that no order leaves in doubt: 31 December 2025, 14:05:09. */
const sample: Readonly<Record<string, string>> = { Y: '2025', y: '25', m: '12', d: '31', b: 'Dec', a: 'Wed', H: '14', I: '02', M: '05', S: '09', f: '000', p: 'PM', z: '+01:00' };

export const sampleOf = (form: string): string => form.replace(/%([a-zA-Z])/g, (whole, letter: string) => sample[letter] ?? whole);

/** How cells are read, in words that show it by an example. */
export function conversionWords(conversion: Conversion): string {
	switch (conversion.kind) {
		case 'text':
			return say.text;
		case 'number': {
			const { decimal, group, percent, currency } = conversion;
			return say.number(`${currency}${group === '' ? '1234' : `1${group}234`}${decimal}5${percent ? ' %' : ''}`);
		}
		case 'timestamp':
			return conversion.forms.length === 0 ? say.undecided : say.timestamp(conversion.forms.map(sampleOf));
		case 'timestamp-number':
			return say.unit(reading.units[conversion.unit]);
		case 'boolean':
			return say.boolean(conversion.yes, conversion.no);
	}
}

const apart = ({ missing: _, ...how }: Conversion): string => JSON.stringify(how);

/** Whether cells are read the same way, whatever means nothing. */
export const sameWay = (one: Conversion, other: Conversion): boolean => apart(one) === apart(other);
