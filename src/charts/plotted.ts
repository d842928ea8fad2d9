import { histogram } from './histogram.ts';
import { line } from './line.ts';

/** Chart kinds drawn by Observable Plot. It weighs as much as the rest of the first view, so only pages that come on demand import them. */
export const plotted = { line, histogram } as const;
