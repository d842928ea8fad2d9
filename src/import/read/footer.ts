import type { CellKind } from './cell-kinds.ts';

const totals = /^(grand[ -]?|sub[ -]?)?totals?\b|^(sum|summe|gesamt|gesamtsumme|totaux|totale|somma|suma|average|mean|mittelwert|count)\b\W*$/i;
const closing = /^\W*(source|sources|quelle|fuente|note|notes|legend|generated|exported|printed|created|report|page|end|eof|end of (file|report)|©|copyright|confidential|disclaimer|as of)\b/i;
const counts = /^\(?\s*[\d.,]+\s+(rows?|records?|lines?|entries|results?|items?|total)\b/i;
const rule = /^[-=*#_~\s]{2,}$/;

function isFooter(cells: readonly (string | null)[], width: number, firstKind: CellKind | null): boolean {
	const filled = cells.map((cell) => cell?.trim() ?? '').filter((cell) => cell !== '');
	const [first = ''] = filled;
	if (width < 2 || filled.length === width) return false;
	const place = cells.findIndex((cell) => (cell?.trim() ?? '') === first);
	if (totals.test(first) && place < 2) return true;
	if (filled.length !== 1) return false;
	if (closing.test(first) || counts.test(first) || rule.test(first)) return true;
	return firstKind !== null && firstKind !== 'text' && width > 2 && /\p{L}{2}/u.test(first) && /\s|:$/.test(first);
}

/** How many of the last rows, the last one first, are totals, sources, notes or rules rather than data. */
export function footersAtEnd(last: readonly { cells: readonly (string | null)[] }[], width: number, firstKind: CellKind | null): number {
	let footers = 0;
	while (footers < last.length && isFooter(last[footers]?.cells ?? [], width, firstKind)) footers++;
	return footers;
}
