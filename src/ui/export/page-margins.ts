/** Any text as a CSS string: what is not a plain letter, digit or sign is written by its number. */
export function cssString(text: string): string {
	return `"${text.replaceAll(/[^A-Za-z0-9 .,:;()%+-]/gu, (character) => `\\${(character.codePointAt(0) ?? 0xfffd).toString(16)} `)}"`;
}

/** What every page of a print says in its margin. */
export function pageMargins(line: string, page: string, of: string): string {
	const look = 'font: 400 7.5pt/1.35 "Inter Variable", system-ui, sans-serif; color: #55514a; vertical-align: bottom; padding-bottom: 2mm;';
	return `@page { size: landscape; margin: 15mm 10mm 9mm; @top-left { content: ${cssString(line)}; ${look} text-align: left; } @top-right { content: ${cssString(`${page} `)} counter(page) ${cssString(` ${of} `)} counter(pages); ${look} text-align: right; white-space: nowrap; } }`;
}

/** Chromium puts text into the margins of pages; in other browsers something fixed to the window stands on every page. */
export function hasMargins(): boolean {
	try {
		const sheet = new CSSStyleSheet();
		sheet.replaceSync('@page { @top-left { content: "a" } }');
		return sheet.cssRules[0]?.cssText.includes('top-left') ?? false;
	} catch {
		return false;
	}
}
