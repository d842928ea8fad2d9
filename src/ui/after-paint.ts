/** Does it in a task of its own once the page has been painted and has nothing better to do, within half a second. What it gives back calls it off. */
export function afterPaint(work: () => void): () => void {
	if (typeof requestIdleCallback === 'function') {
		const idle = requestIdleCallback(work, { timeout: 500 });
		return () => {
			cancelIdleCallback(idle);
		};
	}
	let timer: ReturnType<typeof setTimeout> | undefined;
	const frame = requestAnimationFrame(() => (timer = setTimeout(work)));
	return () => {
		cancelAnimationFrame(frame);
		clearTimeout(timer);
	};
}
