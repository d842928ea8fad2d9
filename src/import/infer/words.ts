/** Texts that people and programs write where nothing was entered, in lower case. */

/** Notation: as a number or a date these can mean nothing else. */
export const notations = ['n/a', 'na', 'n.a.', '#n/a', '#na', 'nan', 'null', '(null)', '<null>', '#null!', 'nil', 'undefined', '\\n', '-', '--', '---', '–', '—', '?', '??', '???', '.', '..', '...', '*', '(blank)', 'nat'] as const;

/** Words, which may be a category of their own. */
export const words = ['none', 'unknown', 'missing', 'unk', 'blank', 'empty', 'not available', 'not applicable', 'not known', 'no data', 'not recorded', 'not reported', 'unspecified', 'unbekannt', 'keine angabe', 'k.a.', 'inconnu', 'desconocido', '#value!', '#ref!', '#div/0!', '#name?', '#num!', '#error!'] as const;

const known: ReadonlySet<string> = new Set<string>([...notations, ...words]);
const notation: ReadonlySet<string> = new Set<string>(notations);

export const meansNothing = (text: string): boolean => known.has(text.toLowerCase());
export const isNotation = (text: string): boolean => notation.has(text.toLowerCase());

export const allWords: readonly string[] = [...notations, ...words];
