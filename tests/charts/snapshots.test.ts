// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { charts } from '../../src/charts/index.ts';
import { plotted } from '../../src/charts/plotted.ts';
import { inputs, situations, type Inputs } from './inputs.ts';

const every = { ...charts, ...plotted };
type ChartKind = keyof typeof every;
const drawn = (kind: ChartKind, all: Inputs) =>
	(every[kind] as (input: Inputs[ChartKind]) => SVGSVGElement)(all[kind]);

for (const kind of Object.keys(every) as ChartKind[]) {
	describe(kind, () => {
		for (const situation of situations) {
			it(`draws "${situation}" as before`, async () => {
				const svg = drawn(kind, inputs(situation, 480));
				const text = new XMLSerializer().serializeToString(svg).replaceAll('><', '>\n<');
				await expect(`${text}\n`).toMatchFileSnapshot(`snapshots/${kind}-${situation.replaceAll(' ', '-')}.svg`);
			});
		}
	});
}
