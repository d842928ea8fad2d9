import { charts } from '../../charts/index.ts';
import { plotted } from '../../charts/plotted.ts';
import type { GroupRow } from '../../charts/types.ts';
import { cellText, type CellKind, type Cells, type Column } from '../../lib/cells.ts';
import { countText } from '../../lib/format.ts';
import { texts } from '../../lib/texts/index.ts';
import type { Draw } from '../../ui/pictures.ts';

export type PictureKind = 'bars' | 'line' | 'dots';

export interface Choice {
	kind: PictureKind;
	x: string;
	y: string;
}

/** Rows beyond it are left out of a picture, and it says so. */
export const mostDrawn = 200;

const onLine = (kind: CellKind | undefined): boolean => kind === 'instant' || kind === 'day' || kind === 'number';

/** The first text or time column by the first column of numbers; of numbers alone, the second by the first. Null: nothing to draw. */
export function firstChoice(columns: readonly Column[]): Choice | null {
	const numbers = columns.filter(({ kind }) => kind === 'number');
	const x = columns.find(({ kind }) => kind !== 'number') ?? (numbers.length > 1 ? numbers[0] : undefined);
	const y = numbers.find(({ name }) => name !== x?.name);
	return x && y ? { kind: onLine(x.kind) ? 'line' : 'bars', x: x.name, y: y.name } : null;
}

/** Kinds that suit what stands along the picture: a line needs a time or a number. */
export function kindsFor(columns: readonly Column[], x: string): PictureKind[] {
	return onLine(columns.find(({ name }) => name === x)?.kind) ? ['line', 'bars', 'dots'] : ['bars', 'dots'];
}

const numeric = (value: unknown): number | null => (typeof value === 'number' || typeof value === 'bigint' ? (Number.isFinite(Number(value)) ? Number(value) : null) : null);

export function numberAsText(value: number): string {
	return Number.isInteger(value) ? countText(value) : value.toLocaleString('en-US', { maximumSignificantDigits: Math.abs(value) >= 1000 ? 6 : 4 });
}

/** The marks carry their row's number: a query may return two rows of one name. */
function groupsOf(rows: readonly Cells[], columns: readonly Column[], { x, y }: Choice): GroupRow[] {
	const kind = columns.find(({ name }) => name === x)?.kind ?? 'text';
	return rows.map((row, i) => ({ key: String(i), label: cellText(row[x], kind) ?? texts.data.picture.empty, value: numeric(row[y]), n: 0, lo: null, hi: null }));
}

/** A query says nothing of how many rows stand behind a value. */
function withoutCounts(svg: SVGSVGElement): SVGSVGElement {
	for (const title of svg.querySelectorAll('.mark > title')) title.textContent = title.textContent.replace(/, n [\d,]+$/, '');
	return svg;
}

export interface ResultPicture {
	draw: Draw;
	drawn: number;
	/** Rows that have no place on the line. */
	unplaced: number;
}

export function pictureOfResult(rows: readonly Cells[], columns: readonly Column[], choice: Choice): ResultPicture {
	const first = rows.slice(0, mostDrawn);
	if (choice.kind !== 'line') {
		const groups = groupsOf(first, columns, choice);
		const draw = choice.kind === 'bars' ? charts.bars : charts.dots;
		return { draw: (width) => withoutCounts(draw({ width, rows: groups, format: numberAsText, axis: choice.y })), drawn: first.length, unplaced: 0 };
	}
	const time = columns.find(({ name }) => name === choice.x)?.kind !== 'number';
	const places = new Map<number, { t: number; value: number | null }>();
	for (const row of first) {
		const t = numeric(row[choice.x]);
		if (t !== null && !places.has(t)) places.set(t, { t, value: numeric(row[choice.y]) });
	}
	const points = [...places.values()].sort((a, b) => a.t - b.t);
	return {
		draw: (width) => withoutCounts(plotted.line({ width, points, format: numberAsText, at: time ? 'time' : numberAsText, axis: `${choice.x} →` })),
		drawn: points.length,
		unplaced: first.length - points.length,
	};
}
