import { elementScroll, observeElementOffset, observeElementRect, Virtualizer } from '@tanstack/virtual-core';

/** Rows `first` up to, not including, `end` are to be drawn; px of room stand before and after them. */
export interface RowsInView {
	first: number;
	end: number;
	before: number;
	after: number;
}

/**
 * Which rows of a long list are in view, rows of one height in px. `attach` goes on the element that scrolls; lists of at
 * most `plain` rows are drawn whole.
 */
export function rowsInView(list: () => { count: number; height: number; plain: number }): { readonly view: RowsInView; attach: (node: HTMLElement) => () => void; toTop: () => void } {
	let scroller: HTMLElement | null = null;
	let heard = 0;
	let moved = $state(0);
	const settings = () => {
		const { count, height } = list();
		return {
			count,
			estimateSize: () => height,
			getScrollElement: () => scroller,
			scrollToFn: elementScroll,
			observeElementRect,
			observeElementOffset,
			overscan: 6,
			initialRect: { width: 0, height: 360 },
			onChange: () => {
				moved = ++heard;
			},
		};
	};
	let virtualizer: Virtualizer<HTMLElement, HTMLElement> | undefined;
	const view = $derived.by((): RowsInView => {
		void moved;
		const { count, height, plain } = list();
		if (count <= plain) return { first: 0, end: count, before: 0, after: 0 };
		virtualizer ??= new Virtualizer(settings());
		virtualizer.setOptions(settings());
		const items = virtualizer.getVirtualItems();
		const [first, end] = [items[0]?.index ?? 0, (items.at(-1)?.index ?? -1) + 1];
		return { first, end, before: first * height, after: (count - end) * height };
	});
	return {
		get view() {
			return view;
		},
		attach: (node) => {
			scroller = node;
			virtualizer ??= new Virtualizer(settings());
			const unmount = virtualizer._didMount();
			virtualizer._willUpdate();
			return () => {
				unmount();
				scroller = null;
			};
		},
		toTop: () => scroller?.scrollTo(0, 0),
	};
}
