import { texts } from '../lib/texts/index.ts';
import type { Session } from '../state/session.svelte.ts';

type Because = Parameters<typeof texts.lacking.needs>[1][number];

/** Absent raw tables and columns in words, with why they are. */
export function thingsIn({ pack, dataset }: Pick<Session, 'pack' | 'dataset'>, names: readonly string[]): { things: string[]; because: Because[] } {
	const all = names.map((name) => {
		const [table = '', column] = name.split('.');
		const contract = pack.raw[table];
		const about = column === undefined ? contract?.grain : contract?.columns[column]?.about;
		const because = dataset?.absent.find((one) => one.table === table && one.column === (column ?? null))?.because ?? 'no-column';
		return { thing: texts.lacking.thing(column ?? table, about ?? ''), because };
	});
	return { things: all.map(({ thing }) => thing), because: all.map(({ because }) => because) };
}

/** The one sentence of a tile or card of which nothing can be known. */
export function needsText(session: Pick<Session, 'pack' | 'dataset'>, names: readonly string[]): string {
	const { things, because } = thingsIn(session, names);
	return texts.lacking.needs(things, because);
}
