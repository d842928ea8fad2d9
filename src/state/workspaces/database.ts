import type { Depot } from './depot.ts';

const store = 'entries';
const keyOf = (box: string, entry: string): string => `${box}/${entry}`;

const answered = <T>(request: IDBRequest<T>): Promise<T> =>
	new Promise((resolve, reject) => {
		request.onsuccess = () => resolve(request.result);
		request.onerror = () => reject(request.error ?? new DOMException('', 'UnknownError'));
	});

const ended = (transaction: IDBTransaction): Promise<void> =>
	new Promise((resolve, reject) => {
		transaction.oncomplete = () => resolve();
		transaction.onabort = () => reject(transaction.error ?? new DOMException('', 'AbortError'));
	});

/** IndexedDB, where there are no private files: one record for each entry. Throws where the browser refuses it. */
export async function databaseDepot(factory: IDBFactory, name: string): Promise<Depot> {
	let opened: Promise<IDBDatabase> | null = null;
	const open = (): Promise<IDBDatabase> =>
		(opened ??= (() => {
			const request = factory.open(name, 1);
			request.onupgradeneeded = () => void request.result.createObjectStore(store);
			return answered(request).then((database) => {
				// Another window removes the database: it waits until this one lets go.
				database.onversionchange = () => {
					database.close();
					opened = null;
				};
				return database;
			});
		})());
	const keys = async (): Promise<string[]> => (await answered((await open()).transaction(store).objectStore(store).getAllKeys())).map(String);
	const change = async (work: (entries: IDBObjectStore) => unknown): Promise<void> => {
		const transaction = (await open()).transaction(store, 'readwrite', { durability: 'strict' });
		work(transaction.objectStore(store));
		await ended(transaction);
	};
	await open();
	return {
		kind: 'database',
		boxes: async () => [...new Set((await keys()).map((key) => key.split('/')[0] ?? ''))],
		entries: async (box) => (await keys()).filter((key) => key.startsWith(`${box}/`)).map((key) => key.slice(box.length + 1)),
		write: (box, entry, blob) => change((entries) => entries.put(blob, keyOf(box, entry))),
		read: async (box, entry) => ((await answered((await open()).transaction(store).objectStore(store).get(keyOf(box, entry)))) as Blob | undefined) ?? null,
		remove: (box, entry) => change((entries) => entries.delete(keyOf(box, entry))),
		removeBox: async () => undefined,
		clear: async () => {
			(await opened)?.close();
			opened = null;
			await answered(factory.deleteDatabase(name));
		},
	};
}
