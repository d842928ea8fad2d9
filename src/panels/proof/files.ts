import { columnsIn, plainCell, type CellKind } from '../../lib/cells.ts';
import { toCsv } from '../../lib/csv.ts';
import { texts } from '../../lib/texts/index.ts';
import type { ResultRow } from '../../metrics/finish.ts';
import { basis, type Subject } from '../../metrics/subjects.ts';
import type { Session } from '../../state/session.svelte.ts';
import { download } from '../../ui/download.ts';
import { dateName } from '../../metrics/labels.ts';
import { conditionsOf } from '../../ui/export/conditions.ts';
import type { Kind, Twin } from '../../ui/twin-columns.ts';

const kinds: Readonly<Record<CellKind, Kind>> = { number: 'number', instant: 'instant', day: 'day', text: 'text' };

function twinOf(rows: readonly ResultRow[]): Twin {
	const columns = columnsIn(rows);
	return {
		columns: columns.map(({ name }) => name),
		kinds: Object.fromEntries(columns.map(({ name, kind }) => [name, kinds[kind]])),
		rows: rows.map((row) => Object.fromEntries(columns.map(({ name, kind }) => [name, plainCell(row[name], kind)]))),
	};
}

/** Saves the rows behind a number, as they are in the data, under the number's name and as-of. */
export async function saveRows(session: Session, subject: Subject, rows: readonly ResultRow[], format: 'csv' | 'xlsx'): Promise<void> {
	const twin = twinOf(rows);
	const file = `throughline-${subject.id.replace(/[^a-z0-9_]+/gi, '-').toLowerCase()}-rows-${session.dataset?.asOf.slice(0, 10) ?? ''}.${format}`;
	if (format === 'csv') {
		download(file, 'text/csv', toCsv(twin.columns, twin.rows));
		return;
	}
	const { xlsxOf } = await import('../../ui/export/xlsx.ts');
	const { filters, opened, asOf, data } = conditionsOf(session);
	const say = texts.proof;
	const about = [[say.number, `${subject.title}: ${subject.said}, ${basis(subject)}`], [say.definition, subject.definition], [say.filters, filters], [dateName(session.pack), opened], [say.asOf, asOf], [say.data, data]] as const;
	download(file, 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', await xlsxOf(twin, about));
}
