import { toMs } from '../lib/dates.ts';
import { dayText } from '../lib/format.ts';
import { texts } from '../lib/texts/index.ts';
import { filterLabel, valueLabel } from '../metrics/labels.ts';
import type { DateRange, Filters } from '../metrics/request.ts';
import type { Pack } from '../pack/types.ts';

/** "1 Apr 2026 – 30 Jun 2026"; null where the range is open on both sides. */
export function rangeText(range: DateRange): string | null {
	if (range.from === undefined && range.to === undefined) return null;
	const say = texts.filters;
	return `${range.from === undefined ? say.theStart : dayText(toMs(range.from))} – ${range.to === undefined ? say.now : dayText(toMs(range.to))}`;
}

export interface FilterWord {
	dimension: string;
	value: string | null;
	/** "Case type: Claim denials" */
	text: string;
}

/** Every value that filters, in the order in which the reader chose them. */
export function filterWords(pack: Pack, filters: Filters): FilterWord[] {
	return Object.entries(filters).flatMap(([dimension, values]) => values.map((value) => ({ dimension, value, text: `${filterLabel(pack, dimension)}: ${valueLabel(pack, dimension, value)}` })));
}

/** The same in one phrase, for a segment: "Claim denials, High". */
export function segmentText(pack: Pack, segment: Filters): string {
	return Object.entries(segment).map(([dimension, values]) => values.map((value) => valueLabel(pack, dimension, value)).join(' or ')).join(', ');
}
