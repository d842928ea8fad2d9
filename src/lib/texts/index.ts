import { filters } from './filters.ts';
import { data } from './data.ts';
import { keep } from './keep.ts';
import { exporting } from './exporting.ts';
import { marks } from './marks.ts';
import { page } from './page.ts';
import { palette } from './palette.ts';
import { presenting } from './presenting.ts';
import { proof } from './proof.ts';
import { tables } from './tables.ts';
import { shortcuts } from './shortcuts.ts';
import { timeline } from './timeline.ts';
import { measures, ownMeasures } from './measures.ts';

/**
 * Every fixed text of the page, by the area it stands in. What varies is an argument, so that a language can put it where it
 * belongs. A translation is another object of the type `Texts`; what packs say stands in the packs.
 */
export const texts = { data, exporting, filters, keep, marks, measures, ownMeasures, page, palette, presenting, proof, shortcuts, tables, timeline };

export type Texts = typeof texts;
