/**
 * Letters beyond ASCII that texts of a language are written with, lower case, and the code pages such texts come in. `frequent`: about
 * two thirds of a text, where whole words are beyond ASCII and other scripts fill the same bytes.
 */
export const alphabets: readonly { letters: string; encodings: readonly string[]; frequent?: string }[] = [
	{ letters: 'éàèùâêîôûçëïüœÿ', encodings: ['windows-1252'] },
	{ letters: 'äöüß', encodings: ['windows-1252', 'windows-1250'] },
	{ letters: 'áéíóúüñ¿¡', encodings: ['windows-1252'] },
	{ letters: 'áâãàçéêíóôõú', encodings: ['windows-1252'] },
	{ letters: 'àèéìíîòóù', encodings: ['windows-1252'] },
	{ letters: 'åäöéæøü', encodings: ['windows-1252'] },
	{ letters: 'áðéíóúýþæö', encodings: ['windows-1252'] },
	{ letters: 'éëïöüèáóíñçôøåäâêäö', encodings: ['windows-1252'] },
	{ letters: 'ąćęłńóśźż', encodings: ['windows-1250'] },
	{ letters: 'áčďéěíňóřšťúůýž', encodings: ['windows-1250'] },
	{ letters: 'áäčďéíĺľňóôŕšťúýž', encodings: ['windows-1250'] },
	{ letters: 'áéíóöőúüű', encodings: ['windows-1250'] },
	{ letters: 'čćđšž', encodings: ['windows-1250'] },
	{ letters: 'ăâîşţ', encodings: ['windows-1250'] },
	{ letters: 'абвгдежзийклмнопрстуфхцчшщъыьэюяё', encodings: ['windows-1251', 'koi8-r', 'ibm866'], frequent: 'оеаинтсрвл' },
	{ letters: 'абвгґдеєжзиіїйклмнопрстуфхцчшщьюя', encodings: ['windows-1251', 'koi8-u'], frequent: 'оаиінвтерс' },
	{ letters: 'абвгдђежзијклљмнњопрстћуфхцчџш', encodings: ['windows-1251'], frequent: 'аоеинрстјв' },
	{ letters: 'αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ', encodings: ['windows-1253'], frequent: 'αοιετσνηυρ' },
	{ letters: 'çğıöşüâîû', encodings: ['windows-1254'] },
	{ letters: 'אבגדהוזחטיךכלםמןנסעףפץצקרשת', encodings: ['windows-1255'], frequent: 'יוהלאמרתבש' },
	{ letters: 'ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيپچژگکی', encodings: ['windows-1256'], frequent: 'اليمونرتبع' },
	{ letters: 'āčēģīķļņšūž', encodings: ['windows-1257'] },
	{ letters: 'ąčęėįšųūž', encodings: ['windows-1257'] },
	{ letters: 'äõöüšž', encodings: ['windows-1257', 'windows-1252'] },
	{ letters: 'ăâđêôơưáàảãạéèẻẽẹíìỉĩịóòỏõọúùủũụýỳỷỹỵ', encodings: ['windows-1258'] },
];

/** Code pages of one byte a character, in the order in which equally good ones are preferred. */
export const singleByte = [
	'windows-1252', 'windows-1250', 'windows-1251', 'windows-1253', 'windows-1254', 'windows-1255', 'windows-1256', 'windows-1257', 'windows-1258', 'iso-8859-2', 'iso-8859-15', 'koi8-r', 'macintosh', 'ibm866',
] as const;

/** Encodings of two bytes a character, with the first bytes of its usual characters. */
export const multiByte: Readonly<Record<string, readonly (readonly [number, number])[]>> = {
	shift_jis: [[0x82, 0x83], [0x88, 0x97]],
	'euc-jp': [[0xa4, 0xa5], [0xb0, 0xcf]],
	gb18030: [[0xb0, 0xd7]],
	big5: [[0xa4, 0xc6]],
	'euc-kr': [[0xb0, 0xc8]],
};
