import type { Pack } from '../pack/types.ts';

const doors = import.meta.glob<{ pack: Pack }>('./*/pack.ts', { eager: true });

/** Every pack by its id: a pack is a folder here and a folder of SQL, and this file never changes for one. */
export const packs: Readonly<Record<string, Pack>> = Object.fromEntries(Object.values(doors).map(({ pack }) => [pack.id, pack]));
