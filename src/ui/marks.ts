/** Makes the marks of a drawn chart reachable: one tab stop, arrows move a cursor that is spoken and read beside the chart. */

export interface Picking {
	/** Keys of the marks that are chosen now. */
	chosen: (keys: readonly string[]) => readonly string[];
	/** With `add`, beside those chosen before. */
	pick: (key: string, add: boolean) => void;
}

export interface Reading {
	/** The mark under the cursor or the pointer, with what it says of itself. */
	at: (key: string, text: string) => void;
	/** The rows behind a mark are asked for. */
	open?: ((key: string) => void) | undefined;
	picking?: Picking | undefined;
	/** A stretch of a time chart is chosen; the keys of its first and last bucket. */
	brush?: ((from: string, to: string) => void) | undefined;
}

const forward: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
const adds = (event: MouseEvent | KeyboardEvent): boolean => event.ctrlKey || event.metaKey || event.shiftKey;

export const keyOfMark = (mark: Element | null | undefined): string | null => mark?.closest('g[data-key]')?.getAttribute('data-key') ?? null;

/** Buckets of a time chart where it has them, else its marks. */
function stopsOf(svg: SVGSVGElement): SVGGElement[] {
	const buckets = [...svg.querySelectorAll<SVGGElement>('g.bucket[data-key]')];
	return buckets.length > 0 ? buckets : [...svg.querySelectorAll<SVGGElement>('g.mark[data-key]')];
}

export function makeReadable(svg: SVGSVGElement, { at, open, picking, brush }: Reading): void {
	const stops = stopsOf(svg);
	if (stops.length === 0) return;
	const keyOf = (stop: SVGGElement | undefined): string => stop?.dataset.key ?? '';
	const saidBy = (stop: SVGGElement): string => stop.querySelector(':scope > title')?.textContent ?? keyOf(stop);
	const chosen = picking?.chosen(stops.map(keyOf)) ?? [];
	const acts = picking !== undefined || brush !== undefined || open !== undefined;
	svg.classList.add('readable');
	svg.setAttribute('role', 'group');
	if (picking) svg.classList.add('pickable');
	const stretch = brush ? makeBrushable(svg, stops, brush) : null;
	const go = (index: number, extend: boolean): void => {
		const next = stops[Math.max(0, Math.min(stops.length - 1, index))];
		for (const stop of stops) stop.setAttribute('tabindex', stop === next ? '0' : '-1');
		if (next && stretch) stretch.to(stops.indexOf(next), extend);
		next?.focus();
	};
	stops.forEach((stop, i) => {
		const on = chosen.includes(keyOf(stop));
		stop.setAttribute('role', acts ? 'button' : 'img');
		if (!stop.querySelector(':scope > title')) stop.setAttribute('aria-label', keyOf(stop));
		if (picking) stop.setAttribute('aria-pressed', String(on));
		stop.setAttribute('tabindex', i === (brush ? stops.length - 1 : 0) ? '0' : '-1');
		if (chosen.length > 0) stop.classList.add(on ? 'lit' : 'dimmed');
		stop.addEventListener('pointerenter', () => at(keyOf(stop), saidBy(stop)));
		stop.addEventListener('focus', () => at(keyOf(stop), saidBy(stop)));
		if (picking) stop.addEventListener('click', (event) => picking.pick(keyOf(stop), adds(event)));
		stop.addEventListener('keydown', (event) => {
			const move = forward[event.key];
			if (move !== undefined) go(i + move, event.shiftKey);
			else if (event.key === 'Home') go(0, event.shiftKey);
			else if (event.key === 'End') go(stops.length - 1, event.shiftKey);
			else if (event.key === 'Enter' || event.key === ' ') {
				if (picking) picking.pick(keyOf(stop), adds(event));
				else if (stretch) stretch.choose(i);
				else open?.(keyOf(stop));
			} else if (event.key.toLowerCase() === 'o' && open && !event.ctrlKey && !event.metaKey && !event.altKey) open(keyOf(stop));
			else return;
			event.preventDefault();
			event.stopPropagation();
		});
	});
}

interface Stretch {
	/** The cursor has come here; with `extend` the stretch grows from where it began. */
	to: (index: number, extend: boolean) => void;
	choose: (index: number) => void;
}

/** Dragging over the buckets, or Shift with the arrows, lights a stretch of them. */
function makeBrushable(svg: SVGSVGElement, buckets: readonly SVGGElement[], brush: (from: string, to: string) => void): Stretch {
	let [start, end] = [-1, -1];
	const light = (): void => {
		const [a, b] = [Math.min(start, end), Math.max(start, end)];
		buckets.forEach((bucket, i) => bucket.classList.toggle('brushed', start >= 0 && i >= a && i <= b));
	};
	const bucketAt = (event: PointerEvent): number =>
		buckets.findIndex((bucket) => {
			const box = bucket.getBoundingClientRect();
			return event.clientX >= box.left && event.clientX < box.right;
		});
	const choose = (): void => {
		const [a, b] = [buckets[Math.min(start, end)]?.dataset.key, buckets[Math.max(start, end)]?.dataset.key];
		[start, end] = [-1, -1];
		light();
		if (a !== undefined && b !== undefined) brush(a, b);
	};
	svg.classList.add('brushable');
	svg.addEventListener('pointerdown', (event) => {
		start = end = bucketAt(event);
		if (start < 0) return;
		svg.setPointerCapture(event.pointerId);
		light();
	});
	svg.addEventListener('pointermove', (event) => {
		const here = bucketAt(event);
		if (!svg.hasPointerCapture(event.pointerId) || start < 0 || here < 0) return;
		end = here;
		light();
	});
	svg.addEventListener('pointerup', () => {
		if (start >= 0) choose();
	});
	svg.addEventListener('pointercancel', () => {
		[start, end] = [-1, -1];
		light();
	});
	return {
		to: (index, extend) => {
			if (!extend || start < 0) start = extend ? (end < 0 ? index : end) : index;
			end = index;
			light();
			if (!extend) buckets[index]?.classList.remove('brushed');
		},
		choose: (index) => {
			if (start < 0) start = end = index;
			choose();
		},
	};
}
