import { databaseDepot } from './database.ts';
import { workingDepot, type Depot } from './depot.ts';
import { folderDepot } from './folder.ts';
import { ownLocks, webLocks } from './locks.ts';
import { Store } from './store.ts';

const name = 'throughline-workspaces';

/** Private files, else IndexedDB, else nothing. */
export async function openStore({ now, unique }: { now: () => number; unique: () => string }): Promise<{ store: Store; kind: Depot['kind'] }> {
	const depot = await workingDepot([() => folderDepot(navigator.storage, name), () => databaseDepot(indexedDB, name)], `b-${now().toString(36)}-${unique()}`);
	const locks = (navigator.locks as LockManager | undefined) ? webLocks(navigator.locks, `${name}/`) : ownLocks();
	return { store: new Store({ depot, locks, now, unique }), kind: depot.kind };
}

/** Both places, whichever is in use, and caches of ours. */
export async function clearPlaces(): Promise<void> {
	const attempts = [
		async () => (await folderDepot(navigator.storage, name)).clear(),
		async () => (await databaseDepot(indexedDB, name)).clear(),
		async () => Promise.all((await caches.keys()).filter((each) => each.startsWith('throughline')).map((each) => caches.delete(each))),
	];
	for (const attempt of attempts) await attempt().catch(() => undefined);
}
