import { ThroughlineError } from '../../lib/errors.ts';
import type { Reader } from '../types.ts';
import { JsonTables } from './json-tables.ts';
import { JsonError, JsonTokens } from './json-tokens.ts';
import { JsonAssembler } from './json-values.ts';
import { malformed, textOf } from './reading.ts';

/**
 * A list of records, or objects around lists of records, one source each; records may be nested. One record at a time is in memory as
 * values; the texts of all are held as bytes until the columns of all are known.
 */
export const readJson: Reader = async (file, sink, options) => {
	const tables = new JsonTables(file, options);
	const tokens = new JsonTokens(new JsonAssembler(tables));
	const place = (): string => `line ${String(tokens.line)}`;
	let read = 0;
	try {
		for await (const text of textOf(file, options, 'JSON', () => tables.rows, place)) {
			tokens.write(text);
			read += text.length;
		}
		if (read === 0) throw new ThroughlineError('files.no-records', { file: file.name, reason: 'it is empty' });
		tokens.end();
	} catch (error) {
		if (error instanceof JsonError) throw malformed(file.name, 'JSON', error.reason, `line ${String(error.line)}, column ${String(error.column)}`);
		if (error instanceof RangeError) throw malformed(file.name, 'JSON', 'one text in it is too long', place());
		throw error;
	}
	return tables.deliver(sink, 'json');
};
