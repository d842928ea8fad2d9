import { toCsv } from '../../lib/csv.ts';
import { ThroughlineError } from '../../lib/errors.ts';
import { countText } from '../../lib/format.ts';
import { texts } from '../../lib/texts/index.ts';
import { dateName } from '../../metrics/labels.ts';
import { planTile, tileCalled, type TileResult } from '../../metrics/tiles/index.ts';
import type { Tile } from '../../pack/types.ts';
import { ask } from '../../state/answers.svelte.ts';
import type { Session } from '../../state/session.svelte.ts';
import { download } from '../download.ts';
import { pictureOf, smallPrint } from '../pictures.ts';
import { inOrder, type Twin } from '../twin-columns.ts';
import { twinOf } from '../twins.ts';
import { conditionsLine, conditionsOf } from './conditions.ts';
import type { ExportFormat } from './formats.ts';

export { formatsOf, type ExportFormat } from './formats.ts';

const t = texts.exporting;
/** Width in px of a picture that is not on screen. */
const drawnWidth = 640;

interface Exported {
	tile: Tile;
	result: TileResult;
	/** It is what stands on the page now. */
	onScreen: boolean;
}

/** What the page shows, or where it shows an older answer or another view, the answer to what is chosen now. */
async function exported(session: Session, tile: Tile): Promise<Exported | null> {
	const [context, shown] = [session.contextFor(tile.id), session.answers.byId[tile.id]];
	if (shown && session.answers.fresh.includes(tile.id)) return { tile, result: shown, onScreen: true };
	const plan = context && session.shown(tile).lacks.length === 0 ? planTile(context, tile, session.reading) : null;
	return plan ? { tile, result: await ask(session.engine, plan), onScreen: false } : null;
}

function home(session: Session, tile: string): { id: string; label: string } {
	return session.pack.views.find((view) => view.tiles.some(({ id }) => id === tile)) ?? { id: session.pack.id, label: session.pack.label };
}

function aboutOf(session: Session, { tile, result }: Exported, twin: Twin): [string, string][] {
	const said = conditionsOf(session, session.contextFor(tile.id)?.filters);
	const rows = countText(twin.rows.length);
	const lines: [string, string][] = [
		[t.about.title, tile.title],
		[t.about.view, `${session.pack.label} · ${home(session, tile.id).label}`],
		[t.about.finding, result.finding.text],
		[t.about.note, tile.note],
		[t.about.facts, smallPrint(result, session.dataset?.asOf ?? '').join(' · ')],
		[t.about.filters, said.filters],
		[dateName(session.pack), said.opened],
		[t.about.compared, said.compared],
		[t.about.asOf, said.asOf],
		[t.about.data, said.data],
		[t.about.rows, result.kind === 'list' && result.count > result.rows.length ? t.list(rows, countText(result.count)) : rows],
		[t.about.units, t.units],
	];
	return lines.filter(([, text]) => text !== '');
}

async function picture(session: Session, { tile, result, onScreen }: Exported): Promise<SVGSVGElement | null> {
	const draw = pictureOf(tile, result);
	if (!draw) return null;
	const { lightTokens, standalone } = await import('./svg.ts');
	const shown = onScreen ? document.querySelector<SVGSVGElement>(`[data-tile="${tile.id}"] svg.chart`) : null;
	const small = [[...smallPrint(result, session.dataset?.asOf ?? ''), tile.note].filter((text) => text !== '').join(' · '), `${session.pack.label} · ${conditionsLine(session, session.contextFor(tile.id)?.filters)}`];
	return standalone(shown ?? draw(drawnWidth), { title: tile.title, finding: result.finding.text, claim: result.finding.claim, small }, lightTokens());
}

/** Saves or copies what a tile shows and says what was done. Throws `export.nothing` where the tile has no such thing and `export.copy` where the browser does not let it copy. */
export async function exportTile(session: Session, id: string, format: ExportFormat): Promise<string> {
	const declared = tileCalled(session.pack, id);
	const what = declared ? await exported(session, session.shown(declared).tile) : null;
	if (!what) throw new ThroughlineError('export.nothing', { tile: declared?.title ?? id, format: t.formats[format], formats: '–' });
	const twin = inOrder(twinOf(session.pack, what.tile, what.result), session.state.sorts[id] ?? null);
	const file = `throughline-${home(session, id).id}-${id}-${session.dataset?.asOf.slice(0, 10) ?? ''}.${format}`;
	if (format === 'copy') {
		const { copyTable } = await import('./clipboard.ts');
		await copyTable(twin);
		return t.copied(twin.rows.length);
	}
	if (format === 'csv') {
		download(file, 'text/csv', toCsv(twin.columns, twin.rows));
		return t.saved(file, twin.rows.length);
	}
	if (format === 'xlsx') {
		const { xlsxOf } = await import('./xlsx.ts');
		download(file, 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', await xlsxOf(twin, aboutOf(session, what, twin)));
		return t.saved(file, twin.rows.length);
	}
	const svg = await picture(session, what);
	if (!svg) throw new ThroughlineError('export.nothing', { tile: what.tile.title, format: t.formats[format], formats: [t.formats.csv, t.formats.xlsx, t.formats.copy].join(', ') });
	if (format === 'svg') download(file, 'image/svg+xml', (await import('./svg.ts')).svgText(svg));
	else download(file, 'image/png', await (await import('./png.ts')).pngOf(svg));
	return t.saved(file, null);
}
