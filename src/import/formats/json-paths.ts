/** Separators of keys; what stands in the file cannot forge them. */
const [step, from, escaped] = ['\u0001', '\u0002', '\u0003'];
const safe = (text: string): string => text.replace(/[\u0001-\u0003]/g, (char) => escaped + String(char.charCodeAt(0)));

export const pathKey = (path: readonly string[]): string => path.map(safe).join(step);
const carriedKey = (key: string, part: string | null): string => from + (part === null ? escaped : safe(part)) + from + key;

export const isCarried = (key: string): boolean => key.startsWith(from);

/** The last step of the part whose records carried the column. */
export const carriedFrom = (key: string): string => (key.split(from)[1] ?? '').replace(escaped, '').split('.').at(-1) || 'parent';

/** A path within the records of one part, made once. */
export class Path {
	readonly key: string;
	readonly name: string;
	readonly steps: readonly string[];
	readonly #within = new Map<string, Path>();
	#carried: Path | null = null;

	constructor(key: string, name: string, steps: readonly string[]) {
		this.key = key;
		this.name = name;
		this.steps = steps;
	}

	then(name: string): Path {
		const known = this.#within.get(name);
		if (known) return known;
		const steps = [...this.steps, name];
		const path = new Path(pathKey(steps), steps.join('.'), steps);
		if (this.#within.size < 10_000) this.#within.set(name, path);
		return path;
	}

	/** The same column where the records of `part` stand around others. */
	carriedFrom(part: string | null): Path {
		this.#carried ??= new Path(carriedKey(this.key, part), this.name, []);
		return this.#carried;
	}
}
