import { texts } from '../../lib/texts/index.ts';
import { dateWord, filterLabel, valueLabel } from '../../metrics/labels.ts';
import { applicable } from '../../metrics/relation.ts';
import type { Context } from '../../metrics/request.ts';
import { dayText, listText } from '../../lib/format.ts';
import { toMs } from '../../lib/dates.ts';
import type { Pack } from '../../pack/types.ts';
import type { OwnMeasure } from '../../state/location.ts';

/** A measure being written: new where it has no id yet. */
export interface Draft {
	id: string | null;
	own: OwnMeasure;
}

export interface Group {
	title: string;
	ids: string[];
}

/** The reader's own first, then by what a row of their table is, in the order in which the pack declares them. */
export function grouped(pack: Pack, own: readonly string[]): Group[] {
	const groups = new Map<string, string[]>();
	for (const [id, { mart }] of Object.entries(pack.measures)) {
		const title = own.includes(id) ? texts.measures.yours : texts.measures.rowIs(pack.marts[mart]?.grain ?? mart);
		groups.set(title, [...(groups.get(title) ?? []), id]);
	}
	const all = [...groups].map(([title, ids]) => ({ title, ids }));
	return [...all.filter(({ title }) => title === texts.measures.yours), ...all.filter(({ title }) => title !== texts.measures.yours)];
}

/** Groups with the measures whose name, id or definition holds all words. */
export function searched(pack: Pack, groups: readonly Group[], words: string): Group[] {
	const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
	const holds = (id: string): boolean => {
		const measure = pack.measures[id];
		const text = `${measure?.label ?? ''} ${id} ${measure?.definition ?? ''} ${measure?.reading ?? ''}`.toLowerCase();
		return wanted.every((word) => text.includes(word));
	};
	return groups.map(({ title, ids }) => ({ title, ids: ids.filter(holds) })).filter(({ ids }) => ids.length > 0);
}

/** The filters in force, in words; those that a measure's table knows nothing of are said to be so. */
export function filtersText({ pack, filters, range }: Context, mart: string): string {
	const said = texts.measures;
	const { used, ignored } = applicable(pack, mart, filters);
	const name = (dimension: string): string => `${filterLabel(pack, dimension)}: ${listText((filters[dimension] ?? []).map((value) => valueLabel(pack, dimension, value)))}`;
	const cut = range.from !== undefined || range.to !== undefined;
	const opened = said.opened(dateWord(pack), range.from === undefined ? said.start : dayText(toMs(range.from)), range.to === undefined ? said.end : dayText(toMs(range.to)));
	return [...(cut ? [pack.marts[mart]?.opened === undefined ? said.ignored(opened) : opened] : []), ...used.map(name), ...ignored.map((dimension) => said.ignored(name(dimension)))].join(' · ');
}
