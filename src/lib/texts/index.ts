import { data } from './data.ts';
import { grid } from './grid.ts';
import { marks } from './marks.ts';

/**
 * Every fixed text of the page, by the area it stands in. What varies is an argument, so that a language can put it where it
 * belongs. A translation is another object of the type `Texts`; what packs say stands in the packs.
 */
export const texts = { data, grid, marks };

export type Texts = typeof texts;
