/** Makes the marks of a drawn chart a group of buttons: one tab stop, arrows move, Enter or Space chooses. */

export interface Picking {
	/** Keys of the marks that are chosen now. */
	chosen: readonly string[];
	pick: (key: string, add: boolean) => void;
}

const step: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

export function makePickable(svg: SVGSVGElement, { chosen, pick }: Picking): void {
	const marks = [...svg.querySelectorAll<SVGGElement>('g.mark[data-key]')];
	const keyOf = (mark: SVGGElement): string => mark.dataset.key ?? '';
	svg.classList.add('pickable');
	svg.setAttribute('role', 'group');
	marks.forEach((mark, i) => {
		const on = chosen.includes(keyOf(mark));
		mark.setAttribute('role', 'button');
		mark.setAttribute('aria-pressed', String(on));
		if (!mark.querySelector(':scope > title')) mark.setAttribute('aria-label', keyOf(mark));
		mark.setAttribute('tabindex', i === 0 ? '0' : '-1');
		if (chosen.length > 0) mark.classList.add(on ? 'lit' : 'dimmed');
		mark.addEventListener('click', (event) => pick(keyOf(mark), event.ctrlKey || event.metaKey || event.shiftKey));
		mark.addEventListener('keydown', (event) => {
			const move = step[event.key];
			if (move !== undefined) {
				event.preventDefault();
				const next = marks[(i + move + marks.length) % marks.length];
				mark.setAttribute('tabindex', '-1');
				next?.setAttribute('tabindex', '0');
				next?.focus();
			} else if (event.key === 'Enter' || event.key === ' ') {
				event.preventDefault();
				pick(keyOf(mark), event.ctrlKey || event.metaKey || event.shiftKey);
			}
		});
	});
}

/** Dragging over the columns of a time chart gives the first and the last of them. */
export function makeBrushable(svg: SVGSVGElement, brush: (from: string, to: string) => void): void {
	const columns = [...svg.querySelectorAll<SVGGElement>('g.bucket[data-key]')];
	let start = -1;
	const light = (end: number): void => {
		const [a, b] = [Math.min(start, end), Math.max(start, end)];
		columns.forEach((column, i) => column.classList.toggle('brushed', start >= 0 && i >= a && i <= b));
	};
	const columnOf = (event: PointerEvent): number => {
		const x = event.clientX;
		return columns.findIndex((column) => {
			const box = column.getBoundingClientRect();
			return x >= box.left && x < box.right;
		});
	};
	svg.classList.add('brushable');
	svg.addEventListener('pointerdown', (event) => {
		start = columnOf(event);
		if (start < 0) return;
		event.preventDefault();
		svg.setPointerCapture(event.pointerId);
		light(start);
	});
	svg.addEventListener('pointermove', (event) => {
		const at = columnOf(event);
		if (start >= 0 && at >= 0) light(at);
	});
	svg.addEventListener('pointerup', (event) => {
		const end = columnOf(event);
		const [a, b] = [columns[Math.min(start, end)]?.dataset.key, columns[Math.max(start, end)]?.dataset.key];
		const dragged = start >= 0 && end >= 0 && start !== end;
		start = -1;
		light(-1);
		if (dragged && a !== undefined && b !== undefined) brush(a, b);
	});
	svg.addEventListener('pointercancel', () => {
		start = -1;
		light(-1);
	});
}
