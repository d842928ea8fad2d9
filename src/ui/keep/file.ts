import type { Kept } from '../../state/kept.svelte.ts';
import { download } from '../download.ts';

export function saveKept(kept: Kept): void {
	download('throughline-kept.json', 'application/json', kept.toFile());
}
