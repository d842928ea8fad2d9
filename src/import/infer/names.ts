/** What the name of a column speaks for. A name is evidence that is said; it decides nothing that the cells could contradict. */

export const wordsOf = (name: string): string[] =>
	name
		.replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
		.toLowerCase()
		.split(/[^\p{L}\d]+/u)
		.filter((word) => word !== '');

const says = (words: string) => {
	const known = new Set(words.split(' '));
	return (name: string): boolean => wordsOf(name).some((word) => known.has(word));
};

const identity = says('id ids key code zip zipcode plz postcode postal phone telephone tel fax mobile cell ssn npi mrn uuid guid account acct iban isbn ean sku serial kennung telefon');
const lastNumber = /(?:^|\P{L})(?:no|nr|num|number|nummer)$/iu;

export const namesIdentity = (name: string): boolean =>
	identity(name) || /(?:zip|postal|post)code$|phonenumber$/i.test(name) || (lastNumber.test(name) && wordsOf(name).length > 1);

const instant = says('date dates datetime time timestamp ts epoch datum zeit fecha created updated modified opened closed resolved received started ended start end at on since until due expires birth dob born geburtsdatum birthday birthdate when');
const span = says('duration minutes mins hours hrs seconds secs days weeks months years elapsed ms amount cost price salary income total count sum score rate avg mean age');

export const namesInstant = (name: string): boolean => instant(name) && !span(name);

export const namesBirth = says('birth dob born birthday birthdate geburt geburtsdatum geburtstag naissance nacimiento');

export const namesFlag = (name: string): boolean => /^(?:is|has|was|can|did|does|should)[_ A-Z]|\?$/.test(name) || says('flag yn indicator bool boolean')(name);

export const namesCount = says('count counts number total visits calls contacts quantity qty items units times attempts anzahl');
export const namesScore = says('score scores csat rating ratings satisfaction stars grade nps ces likert answer bewertung note');
