import { toMs } from '../../lib/dates.ts';
import { dayText, instantText, listText } from '../../lib/format.ts';
import { texts } from '../../lib/texts/index.ts';
import { dateWord, filterLabel, timed, valueLabel } from '../../metrics/labels.ts';
import { comparisonOf } from '../../metrics/periods.ts';
import type { DateRange, Filters } from '../../metrics/request.ts';
import { segmentName } from '../../metrics/tiles/kpis.ts';
import type { Pack } from '../../pack/types.ts';
import type { Session } from '../../state/session.svelte.ts';

const t = texts.exporting;

/** Under which conditions the numbers hold, as they are read. */
export interface Conditions {
	filters: string;
	opened: string;
	compared: string;
	asOf: string;
	data: string;
}

export function filtersText(pack: Pack, filters: Filters): string {
	const said = Object.entries(filters).flatMap(([dimension, values]) => (values.length > 0 ? [`${filterLabel(pack, dimension)}: ${listText(values.map((value) => valueLabel(pack, dimension, value)))}`] : []));
	return said.length > 0 ? said.join('; ') : t.noFilters;
}

export function rangeText({ from, to }: DateRange): string {
	const [first, last] = [from, to].map((day) => (day === undefined ? undefined : dayText(toMs(day))));
	if (first !== undefined && last !== undefined) return t.between(first, last);
	return first !== undefined ? t.from(first) : last !== undefined ? t.until(last) : t.allDates;
}

function comparedText({ context, state }: Session): string {
	if (!context) return '';
	if (state.compare === 'segment') return segmentName(context, state.segment);
	const period = comparisonOf(context, state.compare);
	return 'none' in period ? period.none : period.label;
}

/** With `filters`, those of one tile, which may differ from those of the page. */
export function conditionsOf(session: Session, filters: Filters = session.state.filters): Conditions {
	const { pack, state, dataset } = session;
	const { source } = state;
	return {
		filters: filtersText(pack, filters),
		opened: timed(pack) ? rangeText(state.range) : '',
		compared: timed(pack) || state.compare === 'segment' ? comparedText(session) : '',
		asOf: dataset && timed(pack) ? instantText(toMs(dataset.asOf)) : '',
		data: source.kind === 'demo' ? t.demo(source.seed, source.size, source.scenario) : t.files,
	};
}

/** The same on one line, for small print and the margin of a page. */
export function conditionsLine(session: Session, filters: Filters = session.state.filters): string {
	const { source } = session.state;
	const { filters: chosen, opened, asOf } = conditionsOf(session, filters);
	return [t.filtersShort(chosen), ...(timed(session.pack) ? [t.openedShort(dateWord(session.pack), opened), t.asOfShort(asOf)] : []), source.kind === 'demo' ? t.demoShort(source.seed) : t.files].join(' · ');
}
