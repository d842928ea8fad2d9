import type { Recipe } from '../../import/types.ts';
import type { Before } from '../imports.ts';

export interface KeptFile {
	name: string;
	size: number;
	/** Of its bytes. */
	print: string;
	/** The entry that holds its bytes. */
	entry: string;
}

/** Files with what was made of them, kept on this device under a name. */
export interface Workspace {
	id: string;
	name: string;
	/** Milliseconds since 1970. */
	created: number;
	changed: number;
	pack: string;
	files: readonly KeptFile[];
	/** Of all of its files and the recipe: `data=files-<print>` in an address. */
	print: string;
	recipe: Recipe | null;
	/** The query string of the page when it was last looked at. */
	state: string;
	rows: number;
	/** Absent where nothing was added. */
	before?: Before | undefined;
	/** Counts up with each change; the highest that is whole holds. */
	version: number;
}

const record = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
const texts = (value: Record<string, unknown>, names: readonly string[]): boolean => names.every((name) => typeof value[name] === 'string');
const numbers = (value: Record<string, unknown>, names: readonly string[]): boolean => names.every((name) => Number.isFinite(value[name]));

function isBefore(value: unknown): value is Before {
	return record(value) && texts(value, ['print', 'state']) && (value.recipe === null || record(value.recipe)) && Array.isArray(value.names) && value.names.every((name) => typeof name === 'string') && (value.before === undefined || isBefore(value.before));
}

function isWorkspace(value: unknown): value is Workspace {
	return (
		record(value) &&
		texts(value, ['id', 'name', 'pack', 'print', 'state']) &&
		numbers(value, ['created', 'changed', 'rows', 'version']) &&
		(value.recipe === null || record(value.recipe)) &&
		(value.before === undefined || isBefore(value.before)) &&
		Array.isArray(value.files) &&
		value.files.every((file: unknown) => record(file) && texts(file, ['name', 'print', 'entry']) && numbers(file, ['size']))
	);
}

/** FNV-1a of UTF-16 units: tells a text that was cut off. */
function sumOf(text: string): string {
	let hash = 0x811c9dc5;
	for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
	return (hash >>> 0).toString(36);
}

export function written(workspace: Workspace): string {
	const json = JSON.stringify(workspace);
	return `${sumOf(json)}\n${json}`;
}

/** Null for a text that is cut off or none of ours. */
export function readManifest(text: string): Workspace | null {
	const at = text.indexOf('\n');
	const json = text.slice(at + 1);
	if (at < 0 || text.slice(0, at) !== sumOf(json)) return null;
	const value = JSON.parse(json) as unknown;
	return isWorkspace(value) ? value : null;
}

/** All bytes that it takes up, manifest left out. */
export const sizeOf = ({ files }: Workspace): number => files.reduce((sum, { size }) => sum + size, 0);
