import { expect, test } from 'vitest';
import { texts } from '../../src/lib/texts/index.ts';
import { actOf, bindings } from '../../src/ui/keys.ts';

const press = (key: string, held: Partial<Record<'ctrlKey' | 'metaKey' | 'shiftKey', boolean>> = {}) => ({ key, ctrlKey: false, metaKey: false, shiftKey: false, ...held });

test('no key asks for two things in one place, and everything that can be asked for is told', () => {
	for (const group of Object.keys(texts.shortcuts.groups)) {
		const keys = bindings.filter((each) => each.group === group).flatMap((each) => each.keys);
		expect(keys.filter((key, i) => keys.indexOf(key) !== i), group).toEqual([]);
	}
	expect(Object.keys(texts.shortcuts.says).filter((act) => !bindings.some((each) => each.act === act))).toEqual([]);
});

test('undo, redo and the palette take Ctrl and ⌘ alike; letters take any case; Shift tells Space and Shift+Space apart', () => {
	expect(actOf(press('z', { ctrlKey: true }), ['page'])).toBe('undo');
	expect(actOf(press('Z', { metaKey: true, shiftKey: true }), ['page'])).toBe('redo');
	expect(actOf(press('y', { ctrlKey: true }), ['page'])).toBe('redo');
	expect(actOf(press('k', { metaKey: true }), ['page'])).toBe('palette');
	expect(actOf(press('?', { shiftKey: true }), ['page'])).toBe('shortcuts');
	expect(actOf(press('P', { shiftKey: true }), ['page'])).toBe('present');
	expect(actOf(press('p', { ctrlKey: true }), ['page'])).toBe(null);
	expect(actOf(press(' '), ['presenter'])).toBe('next');
	expect(actOf(press(' ', { shiftKey: true }), ['presenter'])).toBe('previous');
	expect(actOf(press('PageDown'), ['presenter'])).toBe('next');
	expect(actOf(press('PageDown'), ['page'])).toBe(null);
	expect(actOf(press('o'), ['charts'])).toBe(null);
});
