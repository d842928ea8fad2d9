/** One file of a build, by its path under the app's folder. */
export interface BuiltFile {
	path: string;
	bytes: number;
	/** SHA-256 of the content, hex. */
	sum: string;
	/** Of a `.gz`, the sum of what is inside: some hosts send it unpacked. */
	inner?: string;
}

export interface Build {
	/** The same for the same files. */
	version: string;
	files: readonly BuiltFile[];
}

/** What the worker tells a page that asks. */
export interface Standing {
	version: string;
	bytes: number;
	files: number;
}

/** What a page asks of a worker; each is answered on the port that comes with it. */
export type Asked = 'standing' | 'take' | 'sweep' | 'forget';

/** Caches are shared by an origin, where several copies of the app may stand in folders of their own. */
const prefix = (folder: string): string => `throughline-app ${folder} `;

export const cacheName = (folder: string, version: string): string => `${prefix(folder)}${version}`;
export const isCacheOf = (folder: string, name: string): boolean => name.startsWith(prefix(folder));

/** Files that the system handed to the app and no page has taken yet. */
export const sharedName = (folder: string): string => `throughline-shared ${folder}`;

/** Where a page is told from the outside that files come; the manifest says it too. */
export const sharePath = 'share';

/** Held by a page for life, with the script it was started by, so that the worker knows which builds are still in use. */
export const pageLock = (folder: string, script: string): string => `throughline-page ${folder} ${script}`;

export const scriptsInUse = (folder: string, locks: readonly { name?: string }[]): string[] =>
	locks.flatMap(({ name }) => (name?.startsWith(pageLock(folder, '')) ? [name.slice(pageLock(folder, '').length)] : []));
