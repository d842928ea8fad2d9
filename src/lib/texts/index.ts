import { filters } from './filters.ts';
import { keep } from './keep.ts';
import { marks } from './marks.ts';
import { page } from './page.ts';
import { palette } from './palette.ts';
import { presenting } from './presenting.ts';
import { proof } from './proof.ts';
import { shortcuts } from './shortcuts.ts';

/**
 * Every fixed text of the page, by the area it stands in. What varies is an argument, so that a language can put it where it
 * belongs. A translation is another object of the type `Texts`; what packs say stands in the packs.
 */
export const texts = { filters, keep, marks, page, palette, presenting, proof, shortcuts };

export type Texts = typeof texts;
