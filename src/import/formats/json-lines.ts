import { ThroughlineError } from '../../lib/errors.ts';
import type { Reader } from '../types.ts';
import { JsonTables } from './json-tables.ts';
import { JsonError, JsonTokens } from './json-tokens.ts';
import { JsonAssembler, type Json } from './json-values.ts';
import { malformed, textOf } from './reading.ts';

const longestLine = 64 << 20;

/** One record a line. A line that is no record is skipped with its reason; where most are none, the file is refused with the first. */
export const readJsonLines: Reader = async (file, sink, options) => {
	const tables = new JsonTables(file, options);
	let found: Json = null;
	const assembler = new JsonAssembler({
		element: (_, value) => void (found = value),
		endOfArray: () => undefined,
		member: () => undefined,
		repeated: (name) => tables.repeated(name),
	}, true);
	let line = 0;
	let first: JsonError | null = null;
	const one = (text: string): void => {
		line++;
		if (text.trim() === '') return;
		const tokens = new JsonTokens(assembler);
		tokens.line = line;
		try {
			tokens.write(text);
			tokens.end();
			if (found === null) tables.skip(line, 'json.no-record', 'null');
			else tables.element([], found, line);
		} catch (error) {
			if (!(error instanceof JsonError)) throw error;
			first ??= error;
			assembler.reset();
			tables.skip(line, 'json.bad-line', text);
		}
	};
	let rest = '';
	for await (const text of textOf(file, options, 'JSON lines', () => tables.rows, () => `line ${String(line + 1)}`)) {
		const lines = (rest + text).split('\n');
		rest = lines.pop() ?? '';
		lines.forEach(one);
		if (rest.length > longestLine) throw malformed(file.name, 'JSON lines', 'a line is longer than 64 MB', `line ${String(line + 1)}`);
	}
	if (rest !== '') one(rest);
	const bad = first as JsonError | null;
	if (bad && tables.skipped > tables.rows) throw malformed(file.name, 'JSON lines', bad.reason, `line ${String(bad.line)}, column ${String(bad.column)}`);
	if (line === 0) throw new ThroughlineError('files.no-records', { file: file.name, reason: 'it is empty' });
	return tables.deliver(sink, 'json-lines');
};
