import { sharedName, sharePath } from './build.ts';
import type { Place } from './scope.ts';

const list = 'list';
const at = (base: string, name: string): string => new URL(`${sharePath}/${name}`, base).href;

export const isShare = ({ base }: Pick<Place, 'base'>, { method, url }: Pick<Request, 'method' | 'url'>): boolean => method === 'POST' && url.split(/[?#]/)[0] === new URL(sharePath, base).href;

/** Forms that were sent in another encoding than UTF-8 are refused by Chromium. */
async function filesOf(request: Request): Promise<File[]> {
	const form = await request.formData().catch(() => new FormData());
	return form.getAll('files').filter((each): each is File => each instanceof File && each.size > 0);
}

/** Puts the files of a share where the next page finds them; the list of their names comes last, so that none is taken half. */
export async function receive({ base, folder, caches }: Place, request: Request): Promise<Response> {
	const files = await filesOf(request);
	await caches.delete(sharedName(folder));
	const cache = await caches.open(sharedName(folder));
	for (const [i, file] of files.entries()) await cache.put(at(base, String(i)), new Response(file));
	await cache.put(at(base, list), Response.json(files.map(({ name }) => name)));
	return Response.redirect(base, 303);
}

/** Takes what was shared, once: of several pages only one gets it. Null where nothing was; empty where it held no file that can be read. */
export async function takeShared({ base, folder, caches }: Omit<Place, 'fetch'>): Promise<File[] | null> {
	const name = sharedName(folder);
	if (!(await caches.has(name))) return null;
	const cache = await caches.open(name);
	const names = ((await (await cache.match(at(base, list)))?.json()) ?? []) as string[];
	const files: File[] = [];
	for (const [i, each] of names.entries()) {
		const blob = await (await cache.match(at(base, String(i))))?.blob();
		if (blob) files.push(new File([blob], each, { type: blob.type }));
	}
	return (await caches.delete(name)) ? files : null;
}
