import { expect, test } from 'vitest';
import { flowPlan } from '../../../src/metrics/tiles/flow.ts';
import type { TileOf } from '../../../src/metrics/tiles/plan.ts';
import { packNamed } from '../../support/engine.ts';

const pack = packNamed('advocacy');
const tile = pack.views.flatMap(({ tiles }) => tiles).find((each): each is TileOf<'flow'> => each.kind === 'flow');
if (!tile) throw new Error('there is no tile of flows');
const week = (day: string): number => Date.parse(`${day}T00:00:00Z`);

test('a week in which nothing was opened counts none, as long as something is known of that week', () => {
	const context = { pack, filters: {}, range: {}, asOf: '2026-06-30T17:00:00', earliest: '2026-06-01T00:00:00' };
	const weeks = ['2026-06-08', '2026-06-15', '2026-06-22', '2026-06-29'].map(week);
	const plan = flowPlan(context, tile, { grain: 'week' });
	const counted = (...at: number[]) => at.map((t) => ({ t, n: 5 }));
	const [opened, resolved, stock] = plan.read([counted(weeks[0] ?? 0), counted(weeks[1] ?? 0, weeks[3] ?? 0), counted(...weeks), [{ n: 5 }], [{ n: 5 }]]).series;
	expect(opened?.points.map(({ t, value }) => [t, value])).toEqual(weeks.map((t, i) => [t, i === 0 ? 5 : 0]));
	expect(resolved?.points.map(({ value }) => value)).toEqual([0, 5, 0, 5]);
	expect(resolved?.points.map(({ unfinished }) => unfinished)).toEqual(stock?.points.map(({ unfinished }) => unfinished));
});
