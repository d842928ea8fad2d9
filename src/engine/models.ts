import { ThroughlineError } from '../lib/errors.ts';
import type { Pack } from '../pack/types.ts';
import { packs } from '../packs/index.ts';
import { buildOrder, type ModelNode } from './graph.ts';

const files = import.meta.glob<string>('../../sql/*/*/*.sql', { query: '?raw', import: 'default', eager: true });

/** An installed pack; or the one that came along with a request, where none of that name is installed. */
export function packCalled(id: string, definition?: Pack): Pack {
	const pack = packs[id] ?? (definition?.id === id ? definition : undefined);
	if (!pack) throw new ThroughlineError('pack.unknown', { name: id, known: Object.keys(packs).join(', ') });
	return pack;
}

/** The models of a pack in build order, from the SQL it carries or the folder of SQL that carries its name. */
export function modelsOf(pack: Pack): ModelNode[] {
	if (pack.sql) return buildOrder(pack, pack.sql);
	const own = Object.entries(files).flatMap(([path, sql]) => {
		const match = /sql\/([^/]+)\/([^/]+)\/([^/]+)\.sql$/.exec(path);
		return match?.[1] === pack.id ? [[`${match[2] ?? ''}/${match[3] ?? ''}`, sql] as const] : [];
	});
	return buildOrder(pack, Object.fromEntries(own));
}
