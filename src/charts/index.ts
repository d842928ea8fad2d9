import { bars } from './bars.ts';
import { columns } from './columns.ts';
import { dots } from './dots.ts';
import { flow } from './flow.ts';
import { funnel } from './funnel.ts';
import { funnelPlot } from './funnel-plot.ts';
import { grid } from './grid.ts';
import { histogram } from './histogram.ts';
import { line } from './line.ts';
import { spark } from './spark.ts';
import { steps } from './steps.ts';
import { survival } from './survival.ts';
import { timeline } from './timeline.ts';

/** Every chart kind under the name tiles use. */
export const charts = {
	bars,
	dots,
	columns,
	grid,
	flow,
	spark,
	line,
	survival,
	funnel,
	'funnel-plot': funnelPlot,
	steps,
	histogram,
	timeline,
} as const;

export type ChartKind = keyof typeof charts;
