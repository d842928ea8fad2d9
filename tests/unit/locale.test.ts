import { afterEach, describe, expect, test } from 'vitest';
import { countText, dayText, differenceText, instantText, intervalText, monthText, numberText, spokenText, valueText } from '../../src/lib/format.ts';
import { chosen, localeFor, locales, type LocaleId } from '../../src/lib/locale.svelte.ts';

const at = Date.UTC(2026, 8, 3, 16, 5);
const narrow = (text: string): string => text.replace(/\u00a0|\u202f/g, ' ');

afterEach(() => {
	chosen.id = 'en-GB';
});

describe('numbers and dates as a reader writes them', () => {
	test.each([
		['en-GB', ['1,234', '1,234.6 h', '12.3 %', '+0.35', '3 Sep 2026', '3 Sep 2026, 16:05', 'Sep']],
		['en-US', ['1,234', '1,234.6 h', '12.3 %', '+0.35', 'Sep 3, 2026', 'Sep 3, 2026, 4:05 PM', 'Sep']],
		['de-DE', ['1.234', '1.234,6 h', '12,3 %', '+0,35', '3. Sep. 2026', '3. Sep. 2026, 16:05', 'Sep.']],
	] as const)('%s', (id, expected) => {
		chosen.id = id;
		expect([countText(1234), `${numberText('decimal', 1234.56)} h`, `${numberText('decimal', 12.34)} %`, differenceText('score', 0.351), dayText(at), instantText(at), monthText(at)].map(narrow)).toEqual(expected);
	});

	test('midnight and noon are told apart where the day has twice twelve hours', () => {
		expect([0, 12].map((hours) => locales['en-US'].time(hours, '00'))).toEqual(['12:00 AM', '12:00 PM']);
	});

	test('a sentence, a value and an interval use the same marks', () => {
		chosen.id = 'de-DE';
		expect(narrow(spokenText('days', 9.65))).toBe('9,7 days');
		expect(narrow(valueText('score', 3.75))).toBe('3,75');
		expect(intervalText('score', -0.5, 0.25)).toBe('−0,50 to 0,25');
	});

	test.each([
		[['de-AT', 'en-US'], 'de-DE'],
		[['en-AU'], 'en-GB'],
		[['fr-FR', 'en-US'], 'en-US'],
		[['fr-FR'], 'en-GB'],
		[[], 'en-GB'],
	] as const)('languages %j are served by %s', (languages, id: LocaleId) => {
		expect(localeFor(languages)).toBe(id);
	});
});
