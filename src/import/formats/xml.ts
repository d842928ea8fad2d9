import type { SaxesTagPlain } from 'saxes';

export interface XmlEvents {
	open(name: string, attributes: Readonly<Record<string, string>>, line: number): void;
	close(name: string): void;
	text?(text: string): void;
}

export interface XmlReading {
	write(text: string): void;
	end(): void;
	line(): number;
}

/** The text is no XML, in words. */
export class XmlError extends Error {
	readonly line: number;

	constructor(reason: string, line: number) {
		super(reason);
		this.line = line;
	}
}

const deepest = 200;
const local = (name: string): string => name.slice(name.indexOf(':') + 1);

/** Reads XML given in pieces; elements by their names without prefix. Entities that a file declares are not expanded. */
export async function xmlReading(events: XmlEvents): Promise<XmlReading> {
	const { SaxesParser } = await import('saxes');
	const parser = new SaxesParser({ xmlns: false, position: true });
	let depth = 0;
	parser.on('error', (error) => {
		throw new XmlError(error.message.replace(/^.*?\d+:\d+: /, '').replace(/\.$/, ''), parser.line);
	});
	parser.on('opentag', (tag: SaxesTagPlain) => {
		if (++depth > deepest) throw new XmlError(`it is nested more than ${String(deepest)} deep`, parser.line);
		events.open(local(tag.name), tag.attributes, parser.line);
	});
	parser.on('closetag', (tag: SaxesTagPlain) => {
		depth--;
		events.close(local(tag.name));
	});
	if (events.text) {
		parser.on('text', (text) => events.text?.(text));
		parser.on('cdata', (text) => events.text?.(text));
	}
	return { write: (text) => void parser.write(text), end: () => void parser.close(), line: () => parser.line };
}

