import type { Texts } from '../lib/texts/index.ts';
import type { Session } from '../state/session.svelte.ts';
import type { Desk } from './desk.svelte.ts';
import { redo, undo } from './undo.ts';

export type Act = keyof Texts['shortcuts']['says'];
export type KeyGroup = keyof Texts['shortcuts']['groups'];

export interface Binding {
	group: KeyGroup;
	act: Act;
	/** As `keyed` writes them; any of them. */
	keys: readonly string[];
	/** Taken where they act (in a chart, a list, a case), and only told here. */
	elsewhere?: true;
}

/** Pages that every pack has, as they stand in the header after its views. */
export const pageOrder = ['measures', 'data'] as const;

const digits = ['1', '2', '3', '4', '5', '6', '7', '8', '9'];

/** Every key of the app: what the page listens to, and what the dialog of shortcuts tells. `mod` is Ctrl, or ⌘ on a Mac. */
export const bindings: readonly Binding[] = [
	{ group: 'page', act: 'palette', keys: ['mod+k'] },
	{ group: 'page', act: 'shortcuts', keys: ['?'] },
	{ group: 'page', act: 'view', keys: digits },
	{ group: 'page', act: 'undo', keys: ['mod+z'] },
	{ group: 'page', act: 'redo', keys: ['mod+shift+z', 'mod+y'] },
	{ group: 'page', act: 'release', keys: ['escape'] },
	{ group: 'page', act: 'present', keys: ['p'] },
	{ group: 'charts', act: 'move', keys: ['arrowleft', 'arrowright'], elsewhere: true },
	{ group: 'charts', act: 'pick', keys: ['enter'], elsewhere: true },
	{ group: 'charts', act: 'stretch', keys: ['shift+arrowleft', 'shift+arrowright'], elsewhere: true },
	{ group: 'charts', act: 'add', keys: ['mod+enter'], elsewhere: true },
	{ group: 'charts', act: 'rows', keys: ['o'], elsewhere: true },
	{ group: 'lists', act: 'scroll', keys: ['arrowup', 'arrowdown'], elsewhere: true },
	{ group: 'lists', act: 'open', keys: ['enter'], elsewhere: true },
	{ group: 'case', act: 'caseStep', keys: ['arrowleft', 'arrowright'], elsewhere: true },
	{ group: 'case', act: 'caseEnds', keys: ['home', 'end'], elsewhere: true },
	{ group: 'case', act: 'caseNext', keys: ['[', ']'], elsewhere: true },
	{ group: 'case', act: 'caseClose', keys: ['escape'], elsewhere: true },
	{ group: 'presenter', act: 'next', keys: ['pagedown', 'arrowright', ' '] },
	{ group: 'presenter', act: 'previous', keys: ['pageup', 'arrowleft', 'shift+ '] },
	{ group: 'presenter', act: 'first', keys: ['home'] },
	{ group: 'presenter', act: 'last', keys: ['end'] },
	{ group: 'presenter', act: 'note', keys: ['n'] },
	{ group: 'presenter', act: 'stop', keys: ['escape', 'p'] },
];

type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey'>;

/** A key as bindings write it. Shift counts only where it does not already make another sign. */
export function keyed({ key, ctrlKey, metaKey, shiftKey }: Pressed): string {
	const mod = ctrlKey || metaKey;
	const shift = shiftKey && (mod || key === ' ' || key.length > 1);
	return `${mod ? 'mod+' : ''}${shift ? 'shift+' : ''}${key.toLowerCase()}`;
}

const isSign = (key: string): boolean => key.length === 1 && key !== ' ';

/** What a key asks of the page, seen in the groups given, the first before the second. */
export function actOf(pressed: Pressed, groups: readonly KeyGroup[]): Act | null {
	const key = keyed(pressed);
	const found = groups.map((group) => bindings.find((each) => each.group === group && !each.elsewhere && each.keys.includes(key)));
	return found.find((each) => each !== undefined)?.act ?? null;
}

const writing = 'input, textarea, select, [contenteditable], dialog, [popover]';
const pressable = 'button, a[href], summary, [role="button"]';
const pageKeys = ['PageDown', 'PageUp'];

/** The whole page's keys. Text fields, dialogs and popovers keep their own. */
export function takeKey(event: KeyboardEvent, session: Session, desk: Desk): void {
	if (event.defaultPrevented || event.altKey || event.isComposing) return;
	const { presenter } = desk;
	const act = actOf(event, presenter.on ? ['presenter'] : ['page']);
	if (act === null) return;
	// The focus stays in a dialog that has just closed until the next picture is drawn.
	const target = event.target instanceof Element && !event.target.closest('dialog:not([open])') ? event.target : null;
	const isRemote = presenter.on && pageKeys.includes(event.key);
	const covered = document.querySelector('dialog[open]') !== null;
	if (act === 'palette' ? covered : !isRemote && (covered || target?.closest(writing) || document.querySelector(':popover-open'))) return;
	if (event.key === ' ' && target?.closest(pressable)) return;
	if (!presenter.on && isSign(keyed(event)) && !session.kept.letters) return;
	if (run(act, event.key, session, desk)) event.preventDefault();
}

/** False where there is nothing to do, so that the key keeps its other meaning. */
function run(act: Act, key: string, session: Session, desk: Desk): boolean {
	const { presenter } = desk;
	switch (act) {
		case 'palette':
		case 'shortcuts':
			desk.front = act;
			return true;
		case 'undo':
			undo();
			return true;
		case 'redo':
			redo();
			return true;
		case 'release':
			return session.unpick();
		case 'view': {
			const view = [...session.pack.views.map(({ id }) => id), ...pageOrder][Number(key) - 1];
			if (view !== undefined) void session.setView(view);
			return view !== undefined;
		}
		case 'present':
			void presenter.start();
			return true;
		case 'next':
			void presenter.to(presenter.at + 1);
			return true;
		case 'previous':
			void presenter.to(presenter.at - 1);
			return true;
		case 'first':
			void presenter.to(0);
			return true;
		case 'last':
			void presenter.to(presenter.steps.length - 1);
			return true;
		case 'note':
			presenter.notes = !presenter.notes;
			return true;
		case 'stop':
			void presenter.stop();
			return true;
		default:
			return false;
	}
}
