import type { Depot } from './depot.ts';

const missing = (error: unknown): null => {
	if (error instanceof DOMException && (error.name === 'NotFoundError' || error.name === 'TypeMismatchError')) return null;
	throw error;
};

async function namesIn(folder: FileSystemDirectoryHandle): Promise<string[]> {
	const names: string[] = [];
	for await (const name of folder.keys()) names.push(name);
	return names;
}

/** The origin's private file system: a folder for each box. Throws where the browser has none that a page can write to. */
export async function folderDepot(storage: StorageManager, name: string): Promise<Depot> {
	const root = await storage.getDirectory();
	if (!('createWritable' in FileSystemFileHandle.prototype)) throw new TypeError('files can be written in workers only');
	const top = (): Promise<FileSystemDirectoryHandle | null> => root.getDirectoryHandle(name).catch(missing);
	const folderOf = async (box: string): Promise<FileSystemDirectoryHandle | null> => (await (await top())?.getDirectoryHandle(box).catch(missing)) ?? null;
	return {
		kind: 'folder',
		boxes: async () => {
			const folder = await top();
			return folder ? namesIn(folder) : [];
		},
		entries: async (box) => {
			const folder = await folderOf(box);
			return folder ? namesIn(folder) : [];
		},
		write: async (box, entry, blob) => {
			const folder = await (await root.getDirectoryHandle(name, { create: true })).getDirectoryHandle(box, { create: true });
			// Written aside, and put under its name when it is closed.
			const stream = await (await folder.getFileHandle(entry, { create: true })).createWritable();
			try {
				await stream.write(blob);
				await stream.close();
			} catch (error) {
				await stream.abort().catch(() => undefined);
				throw error;
			}
		},
		read: async (box, entry) => {
			const folder = await folderOf(box);
			const file = await folder?.getFileHandle(entry).catch(missing);
			return (await file?.getFile()) ?? null;
		},
		remove: async (box, entry) => {
			const folder = await folderOf(box);
			await folder?.removeEntry(entry).catch(missing);
		},
		removeBox: async (box) => void (await (await top())?.removeEntry(box).catch(missing)),
		clear: async () => void (await root.removeEntry(name, { recursive: true }).catch(missing)),
	};
}
