import lung from './lung.json' with { type: 'json' };

export interface Row {
	time: number;
	event: boolean;
	group: string;
}

/** Survival of patients with advanced lung cancer, days, by sex (Loprinzi et al. 1994; R survival::lung). */
export const LUNG: Row[] = lung.rows.map(([time = 0, event, sex]) => ({
	time,
	event: event === 1,
	group: sex === 1 ? 'male' : 'female',
}));

/** Times in the usual notation: a plus marks a censored one. */
function rows(group: string, text: string): Row[] {
	return text.split(' ').map((item) => ({ time: parseInt(item, 10), event: !item.endsWith('+'), group }));
}

/** Weeks of remission in acute myelogenous leukaemia (Miller 1981; R survival::aml). */
export const MAINTAINED = rows('maintained', '9 13 13+ 18 23 28+ 31 34 45+ 48 161+');
export const NONMAINTAINED = rows('nonmaintained', '5 5 8 8 12 16+ 23 27 30 33 43 45');

/** Admissions to Berkeley in 1973, departments A–F: men admitted, rejected, women admitted, rejected (R UCBAdmissions). */
export const BERKELEY = [
	[512, 313, 89, 19],
	[353, 207, 17, 8],
	[120, 205, 202, 391],
	[138, 279, 131, 244],
	[53, 138, 94, 299],
	[22, 351, 24, 317],
].map(([a = 0, b = 0, c = 0, d = 0]) => ({ a, b, c, d }));

/** Annual flow of the Nile at Aswan from 1871, 10⁸ m³ (Cobb 1978; R Nile). */
export const NILE = [
	1120, 1160, 963, 1210, 1160, 1160, 813, 1230, 1370, 1140, 995, 935, 1110, 994, 1020, 960, 1180, 799, 958, 1140, 1100,
	1210, 1150, 1250, 1260, 1220, 1030, 1100, 774, 840, 874, 694, 940, 833, 701, 916, 692, 1020, 1050, 969, 831, 726, 456,
	824, 702, 1120, 1100, 832, 764, 821, 768, 845, 864, 862, 698, 845, 744, 796, 1040, 759, 781, 865, 845, 944, 984, 897,
	822, 1010, 771, 676, 649, 846, 812, 742, 801, 1040, 860, 874, 848, 890, 744, 749, 838, 1050, 918, 986, 797, 923, 975,
	815, 1020, 906, 901, 1170, 912, 746, 919, 718, 714, 740,
];

/** Flow rates of the NIST e-Handbook, 6.3.2.2. */
export const FLOW = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1];
