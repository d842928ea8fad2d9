/** While the page is being put on paper, tables show their rows without scrolling, up to this many. */
export const paperRows = 200;
export const paper = $state({ on: false });

const frame = (): Promise<void> => new Promise((done) => requestAnimationFrame(() => done()));

/** Lays the page out as wide as paper, lets the charts draw themselves anew, and asks the browser to print. */
export async function printPage(): Promise<void> {
	const { classList } = document.documentElement;
	addEventListener('afterprint', () => classList.remove('as-paper'), { once: true });
	classList.add('as-paper');
	// The charts learn of their width in the frame after the layout and draw in the next.
	for (let i = 0; i < 3; i++) await frame();
	window.print();
}
