import { expect, test } from 'vitest';
import type { Identified } from '../../../src/import/privacy/identifiers.ts';
import { privacyOf } from '../../../src/import/privacy/standing.ts';
import type { PrivacyAction, Recipe } from '../../../src/import/types.ts';

const found: Identified[] = [
	{ column: 'opened', identifier: 'date', because: 'dates', share: 1 },
	{ column: 'mail', identifier: 'e-mail', because: 'its name says e-mail addresses', share: 1 },
];
const recipe = (privacy: Record<string, PrivacyAction>): Recipe => ({ version: 1, pack: null, sources: { a: { dialect: {}, answers: {}, conversions: {}, privacy, left: false } }, tables: {} });

test('data of which nothing was dropped or replaced is never called pseudonymised', () => {
	expect(privacyOf(recipe({}), { a: found.slice(0, 1) })).toMatchObject({ standing: 'as-it-is', because: 'Nothing was dropped or replaced, and these columns tell more than Safe Harbor allows: opened (a).' });
	expect(privacyOf(recipe({ mail: 'drop' }), { a: found }).standing).toBe('pseudonymised');
	expect(privacyOf(recipe({ mail: 'drop', opened: 'year' }), { a: found }).standing).toBe('safe-harbor');
});
