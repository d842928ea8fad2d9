import { counted, countText } from '../format.ts';

const rows: [string, string] = ['row', 'rows'];
const tables: [string, string] = ['table', 'tables'];

/** A link that carries a fingerprint of the numbers, and what its receiver is told. */
export const same = {
	copy: 'Copy a link to this view',
	words: 'share address url send identical same numbers fingerprint',
	about: 'The link holds view, filters and dates, and a fingerprint of the data: who opens it sees whether the numbers are identical.',
	files: 'These are files of this device, and the link does not carry them: it opens where the same files are kept.',
	copied: 'The link is copied.',
	byHand: (link: string) => `The browser did not let the page copy. The link is: ${link}`,
	identical: (count: number) => `Identical numbers: the ${counted(count, tables)} behind this page are the same, cell for cell, as where the link was copied.`,
	differ: (model: string, here: number, there: number) =>
		`The numbers differ from the sender’s: first in ${model} (${here === there ? `${counted(here, rows)} in both, with other values` : `${counted(here, rows)} here, ${countText(there)} there`}).`,
	differSomewhere: 'The numbers differ from the sender’s.',
	other: 'Whether the numbers are identical to the sender’s cannot be told: the link was made by another version of the app.',
	close: 'Close',
} as const;
