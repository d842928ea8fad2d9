import { ranked } from '../../lib/rank.ts';
import type { Command, CommandGroup } from './commands.ts';

const most = 50;
/** Of each group, before anything is typed. */
const first = 5;

export interface Found {
	groups: { group: CommandGroup; commands: Command[] }[];
	/** In the order in which they stand on screen. */
	shown: Command[];
	all: number;
}

/** The best of what fits the query, under the groups they belong to; the group of the best stands first. */
export function found(query: string, commands: readonly Command[]): Found {
	const fitting = ranked(query, commands);
	const asked = query.trim() !== '';
	const counts = new Map<CommandGroup, number>();
	const best = fitting.filter(({ group }) => {
		const before = counts.get(group) ?? 0;
		counts.set(group, before + 1);
		return asked || before < first;
	}).slice(0, most);
	const groups = [...new Set(best.map(({ group }) => group))].map((group) => ({ group, commands: best.filter((each) => each.group === group) }));
	return { groups, shown: groups.flatMap((each) => each.commands), all: fitting.length };
}
