import type { Identifier } from '../types.ts';

/** Words of a header that say what stands in the column; the first kind that fits counts. */
export const headers: readonly (readonly [Identifier, RegExp])[] = [
	['e-mail', /\b(e ?mails?|email address)\b/],
	['ip', /\bip( address| addr)?$|\bipv[46]\b/],
	['url', /\b(url|website|web ?page|homepage|link|linkedin)s?\b/],
	['ssn', /\b(ssn|social security|national insurance number|nhs number|tax id)\b/],
	['birth-date', /\b(dob|birth ?da(te|y)|date of birth|born|birth|geburtsdatum|fecha de nacimiento)\b/],
	['phone', /\b(tele)?phones?\b|\b(mobile|cell|fax|tel|telefon|telefono)\b/],
	['zip', /\b(zip|zip ?code|post(al)? ?code|plz)\b/],
	['record-number', /\b(mrn|npi|medical record|record (no|nr|num|number|id)|chart (no|number|id)|(patient|member|subscriber|beneficiary|policy|account|claim|insurance|licen[cs]e|device|serial|vehicle|passport|employee|user|customer|client) ?(no|nr|num|number|id|code)|vin|medicare|medicaid (no|number|id))\b/],
	['address', /\b(address|street|addr|city|town|county|district|borough|village|neighbou?rhood|latitude|longitude|lat|lon|lng|adresse|strasse|direccion)\b/],
	['free-text', /\b(notes?|comments?|remarks?|narratives?|free ?text|message|transcript|feedback text|description|details)\b/],
	['name', /^(names?|(patient|customer|client|member|person|employee)s?)$|\b(first|last|full|given|family|middle|maiden|sur|fore|customer|patient|client|member|employee|advocate|agent|provider|doctor|physician|nurse|contact|user|display|legal|caller|subscriber|guarantor|next of kin) ?names?\b|\b(surname|forename|nachname|vorname|nombre|apellidos?|initials|signature)\b/],
	['age', /\bage( (in )?years)?$|^age\b|\bpatient age\b/],
	['record-number', /\b(id|ids|identifier|guid|uuid|number|no)$|^id\b/],
];

const octet = '(25[0-5]|2[0-4]\\d|1?\\d?\\d)';
const ip = new RegExp(`^${octet}(\\.${octet}){3}$|^[0-9a-f]{0,4}(:[0-9a-f]{0,4}){3,7}$`, 'i');
const date = /^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}([ T]|$)/;
const ssn = /^(?!000|666|9\d\d)\d{3}-(?!00)\d{2}-(?!0000)\d{4}$/;

function isPhone(text: string): boolean {
	const digits = text.replace(/\D/g, '').length;
	const form = /^(\+\d{1,3}[\s.-]?)?(\(\d{2,5}\)[\s.-]?)?\d{2,5}([\s.-]\d{2,5}){1,4}(\s?(x|ext\.?)\s?\d{1,5})?$/i;
	return (form.test(text) || /^\+\d{8,15}$/.test(text)) && digits >= 7 && digits <= 17 && !date.test(text) && !ssn.test(text) && !/^\d+[.,]\d+$/.test(text);
}

/** Forms of texts, most telling first. */
export const contents: readonly (readonly [Identifier, (text: string) => boolean])[] = [
	['e-mail', (text) => /^[^\s@,;]+@[^\s@,;]+\.\p{L}{2,}$/u.test(text)],
	['ip', (text) => ip.test(text) && !/^\d+:\d+(:\d+)?$/.test(text)],
	['url', (text) => /^(https?:\/\/|www\.)\S+$/i.test(text)],
	['ssn', (text) => ssn.test(text)],
	['zip', (text) => /^\d{5}-\d{4}$/.test(text)],
	['phone', isPhone],
	['address', (text) => /^\d{1,6}\s+[\p{L}\d.' -]+\b(street|st|avenue|ave|road|rd|lane|ln|drive|dr|court|ct|boulevard|blvd|way|place|pl)\b\.?/iu.test(text)],
];

/** Ten digits that begin with 1 or 2 and whose check digit is right with the prefix 80840 (CMS, NPI check digit). */
export function isNpi(text: string): boolean {
	if (!/^[12]\d{9}$/.test(text)) return false;
	const digits = [...`80840${text}`].reverse().map(Number);
	const sum = digits.reduce((total, digit, i) => total + (i % 2 === 0 ? digit : digit > 4 ? digit * 2 - 9 : digit * 2), 0);
	return sum % 10 === 0;
}

export const isPersonName = (text: string): boolean => /^\p{Lu}[\p{L}'’.-]*(,? \p{Lu}[\p{L}'’.-]*){1,3}$/u.test(text);
