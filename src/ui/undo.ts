/** Every change is a step of the address, so undo and redo are Back and Forward. Undo never leaves the page. */
export function undo(): void {
	if (((history.state ?? {}) as { step?: number }).step) history.back();
}

export const redo = (): void => history.forward();

export function undoByKey(event: KeyboardEvent): void {
	const key = event.key.toLowerCase();
	if (!(event.ctrlKey || event.metaKey) || (key !== 'z' && key !== 'y')) return;
	event.preventDefault();
	if (key === 'y' || event.shiftKey) redo();
	else undo();
}
