/** To a part of the page that a link names: its first control that waits, or itself. The address, which holds the view, stays as it is. */
export function jump(event: MouseEvent, id: string): void {
	event.preventDefault();
	const part = document.getElementById(id);
	if (!part) return;
	const within = part.closest('section') ?? part;
	const waiting = within.querySelector<HTMLElement>('[data-open] input, [data-waits] select, select[data-waits]');
	for (let above = waiting?.closest('details'); above; above = above.parentElement?.closest('details')) above.open = true;
	if (!waiting) part.tabIndex = -1;
	(waiting ?? part).focus();
	(waiting ?? part).scrollIntoView({ block: 'center' });
}
