/** What files that are no table begin with: the bytes, where they stand, and what such a file is called. */
const binaries: readonly (readonly [kind: string, at: number, bytes: string])[] = [
	['an old Excel workbook (.xls) or another Office 97 document', 0, '\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1'],
	['a PDF document', 0, '%PDF-'],
	['a picture (PNG)', 0, '\u0089PNG'],
	['a picture (JPEG)', 0, '\u00ff\u00d8\u00ff'],
	['a picture (GIF)', 0, 'GIF8'],
	['a picture (TIFF)', 0, 'II*\0'],
	['a picture (TIFF)', 0, 'MM\0*'],
	['a picture, sound or film (RIFF)', 0, 'RIFF'],
	['a film (MP4)', 4, 'ftyp'],
	['a 7-Zip archive', 0, "7z\u00bc\u00af'\u001c"],
	['a RAR archive', 0, 'Rar!\u001a'],
	['a bzip2 archive', 0, 'BZh'],
	['an xz archive', 0, '\u00fd7zXZ\0'],
	['a zstd archive', 0, '\u0028\u00b5\u002f\u00fd'],
	['a tar archive', 257, 'ustar'],
	['an SQLite database', 0, 'SQLite format 3\0'],
	['a DuckDB database', 8, 'DUCK'],
	['an Access database', 4, 'Standard Jet DB'],
	['an Access database', 4, 'Standard ACE DB'],
	['an Arrow or Feather file', 0, 'ARROW1'],
	['an ORC file', 0, 'ORC\u0001'],
	['an Avro file', 0, 'Obj\u0001'],
	['an SPSS file', 0, '$FL2'],
	['a Stata file', 0, '<stata_dta>'],
	['an R data file', 0, 'RDX3\n'],
	['a rich text document (RTF)', 0, '{\\rtf'],
	['a program', 0, '\u007fELF'],
	['a SAS data set', 84, 'SAS FILE'],
];

export function binaryKind(head: Uint8Array): string | null {
	const found = binaries.find(([, at, text]) => [...text].every((c, i) => head[at + i] === c.charCodeAt(0)));
	return found ? found[0] : null;
}

export const beginsWith = (head: Uint8Array, ...bytes: readonly number[]): boolean => bytes.every((byte, i) => head[i] === byte);
