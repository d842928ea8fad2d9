import { inflateSync } from 'node:zlib';

interface PdfObject {
	head: string;
	/** The unpacked stream, Latin-1; empty where there is none. */
	stream: string;
}

function objectsOf(pdf: Buffer): Map<string, PdfObject> {
	const text = pdf.toString('latin1');
	return new Map(
		[...text.matchAll(/(?<=[\r\n])(\d+) 0 obj\s([^]*?)endobj/g)].map(([, id = '', body = '']) => {
			const at = /stream\r?\n/.exec(body);
			if (!at) return [id, { head: body, stream: '' }];
			const [head, bytes] = [body.slice(0, at.index), Buffer.from(body.slice(at.index + at[0].length, body.lastIndexOf('endstream')), 'latin1')];
			return [id, { head, stream: (head.includes('FlateDecode') ? inflateSync(bytes) : bytes).toString('latin1') }];
		}),
	);
}

const utf16 = (hex: string): string => Buffer.from(hex, 'hex').swap16().toString('utf16le');

/** Glyph codes to text, by the font's own ToUnicode map (PDF 32000-1, 9.10.3). */
function glyphs(cmap: string): Map<number, string> {
	const found = new Map<number, string>();
	for (const [, block = ''] of cmap.matchAll(/beginbfchar([^]*?)endbfchar/g)) for (const [, code = '', text = ''] of block.matchAll(/<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>/g)) found.set(parseInt(code, 16), utf16(text));
	for (const [, block = ''] of cmap.matchAll(/beginbfrange([^]*?)endbfrange/g)) {
		for (const [, from = '', to = '', text = ''] of block.matchAll(/<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>/g)) {
			for (let code = parseInt(from, 16); code <= parseInt(to, 16); code++) found.set(code, utf16((parseInt(text, 16) + code - parseInt(from, 16)).toString(16).padStart(4, '0')));
		}
	}
	return found;
}

/** The text of each page, as it is drawn, without its white space. Reads what Chromium writes and no other PDF. */
export function pagesOf(pdf: Buffer): string[] {
	const objects = objectsOf(pdf);
	const streamOf = (id: string | undefined): string => objects.get(id ?? '')?.stream ?? '';
	const fonts = new Map(
		[...objects].filter(([, { head }]) => head.includes('/ToUnicode')).map(([id, { head }]) => [id, { map: glyphs(streamOf(/\/ToUnicode (\d+) 0 R/.exec(head)?.[1])), digits: head.includes('/Type0') ? 4 : 2 }]),
	);
	const pages = [...objects.values()].filter(({ head }) => /\/Type\s*\/Page\b/.test(head));
	return pages.map(({ head }) => {
		const named = new Map([...head.matchAll(/\/(F\d+) (\d+) 0 R/g)].map(([, name = '', id = '']) => [name, fonts.get(id)]));
		const drawn = streamOf(/\/Contents (\d+) 0 R/.exec(head)?.[1]);
		let font = named.get('');
		let text = '';
		for (const [, name, hex] of drawn.matchAll(/\/(F\d+) [\d.]+ Tf|<([0-9A-Fa-f]+)>/g)) {
			if (name !== undefined) font = named.get(name);
			else for (const code of (hex ?? '').match(new RegExp(`.{${String(font?.digits ?? 4)}}`, 'g')) ?? []) text += font?.map.get(parseInt(code, 16)) ?? '';
		}
		return text.replaceAll(/\s/g, '');
	});
}
