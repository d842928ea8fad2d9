/** Files without those that systems leave in folders. */
export const seen = (files: readonly File[]): File[] => files.filter(({ name }) => !/^(\.|Thumbs\.db$|desktop\.ini$)/i.test(name));

export const pastedFile = (text: string): File => new File([text], 'pasted.csv', { type: 'text/csv' });

const ownPlace = 'input, textarea, select, [contenteditable], dialog, [popover]';

/** What was pasted where nothing is written: files, or text of several lines. */
export function pastedFiles(event: ClipboardEvent): File[] {
	if (event.defaultPrevented || (event.target instanceof Element && event.target.closest(ownPlace))) return [];
	const files = [...(event.clipboardData?.files ?? [])];
	const text = event.clipboardData?.getData('text/plain') ?? '';
	return files.length > 0 ? files : /\S[^\n]*\n\s*\S/.test(text) ? [pastedFile(text)] : [];
}

async function within(entry: FileSystemEntry): Promise<File[]> {
	if (entry.isFile) return [await new Promise<File>((done, failed) => (entry as FileSystemFileEntry).file(done, failed))];
	const reader = (entry as FileSystemDirectoryEntry).createReader();
	const found: File[] = [];
	// Chromium gives at most a hundred entries at a time.
	for (;;) {
		const some = await new Promise<FileSystemEntry[]>((done, failed) => reader.readEntries(done, failed));
		if (some.length === 0) return found;
		for (const one of some) found.push(...(await within(one)));
	}
}

/** What was dropped, with the files in folders. The items must be asked before anything is awaited: the list is emptied after the event. */
export async function droppedFiles(data: DataTransfer | null): Promise<File[]> {
	const plain = [...(data?.files ?? [])];
	const entries = [...(data?.items ?? [])].flatMap((item) => item.webkitGetAsEntry() ?? []);
	if (!entries.some(({ isDirectory }) => isDirectory)) return plain;
	const found: File[] = [];
	for (const entry of entries) found.push(...(await within(entry)));
	return seen(found);
}
