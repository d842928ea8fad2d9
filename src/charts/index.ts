import { bars } from './bars.ts';
import { columns } from './columns.ts';
import { dots } from './dots.ts';
import { flow } from './flow.ts';
import { funnel } from './funnel.ts';
import { funnelPlot } from './funnel-plot.ts';
import { grid } from './grid.ts';
import { spark } from './spark.ts';
import { steps } from './steps.ts';
import { survival } from './survival.ts';
import { timeline } from './timeline.ts';

/** The chart kinds of tiles under the names that tiles use: drawn by ourselves, for they are drawn again at each change of a slicer. */
export const charts = {
	bars,
	dots,
	columns,
	grid,
	flow,
	spark,
	survival,
	funnel,
	'funnel-plot': funnelPlot,
	steps,
	timeline,
} as const;
