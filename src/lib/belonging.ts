/** Rows whose key is that of a row of the mart under a condition. `key` and `mart` are quoted as in SQL. */
export interface Belonging {
	key: string;
	mart: string;
	condition: string;
}

export const belongs = ({ key, mart, condition }: Belonging): string => `${key} in (select ${key} from ${mart} where ${condition})`;

const shape = /^("(?:[^"]|"")+") in \(select \1 from (marts\."(?:[^"]|"")+") where ([\s\S]*)\)$/;

/** Reads what `belongs` wrote; null for any other condition. */
export function belongingOf(sql: string): Belonging | null {
	const [, key, mart, condition] = shape.exec(sql) ?? [];
	return key !== undefined && mart !== undefined && condition !== undefined && closed(condition) ? { key, mart, condition } : null;
}

/** Whether each bracket outside quotes opens before it closes, and all are closed: the text is one expression. */
function closed(text: string): boolean {
	let depth = 0;
	for (const [part] of text.matchAll(/'(?:[^']|'')*'|"(?:[^"]|"")*"|[()'"]/g)) {
		if (part === '(') depth++;
		else if (part === ')') depth--;
		else if (part === "'" || part === '"') return false;
		if (depth < 0) return false;
	}
	return depth === 0;
}
