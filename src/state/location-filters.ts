import type { Filters } from '../metrics/request.ts';
import { filterable } from '../metrics/labels.ts';
import type { Pack } from '../pack/types.ts';

const missing = '(none)';

/** Filters as entries of the address, values in order and separated by commas; the missing value is "(none)". */
export function writeFilters(prefix: string, filters: Filters): (readonly [string, string])[] {
	return Object.keys(filters).sort().flatMap((dimension) => {
		const values = filters[dimension] ?? [];
		return values.length === 0 ? [] : [[`${prefix}.${dimension}`, values.map((value) => (value === null ? missing : value.replace(/[%,]/g, encodeURIComponent))).sort().join(',')] as const];
	});
}

/** Undefined where the pack has no such dimension or the text is no encoding of anything. */
export function readFilters(pack: Pack, dimension: string, text: string): (string | null)[] | undefined {
	if (!filterable(pack, dimension)) return undefined;
	try {
		return text.split(',').map((value) => (value === missing ? null : decodeURIComponent(value)));
	} catch {
		return undefined;
	}
}
