import { data } from './data.ts';
import { exporting } from './exporting.ts';
import { filters } from './filters.ts';
import { firstSight } from './first-sight.ts';
import { grid } from './grid.ts';
import { keepData } from './keep-data.ts';
import { lacking } from './lacking.ts';
import { keep } from './keep.ts';
import { marks } from './marks.ts';
import { measures, ownMeasures } from './measures.ts';
import { offline } from './offline.ts';
import { page } from './page.ts';
import { palette } from './palette.ts';
import { presenting } from './presenting.ts';
import { proof } from './proof.ts';
import { same } from './same.ts';
import { shortcuts } from './shortcuts.ts';
import { source } from './source.ts';
import { tables } from './tables.ts';
import { timeline } from './timeline.ts';

/**
 * Every fixed text of the page, by the area it stands in. What varies is an argument, so that a language can put it where it
 * belongs. A translation is another object of the type `Texts`; what packs say stands in the packs.
 */
export const texts = { data, exporting, filters, firstSight, grid, keep, keepData, lacking, marks, measures, offline, ownMeasures, page, palette, presenting, proof, same, shortcuts, source, tables, timeline };

export type Texts = typeof texts;

