import { acceptCompletion, autocompletion, closeCompletion, completionKeymap, type CompletionContext, type CompletionResult } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { bracketMatching, HighlightStyle, syntaxHighlighting, syntaxTree } from '@codemirror/language';
import { PostgreSQL, SQLDialect } from '@codemirror/lang-sql';
import { EditorState, Prec, StateEffect, StateField } from '@codemirror/state';
import { Decoration, EditorView, keymap, lineNumbers, type DecorationSet } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import type { Offer } from './completion.ts';

export interface EditorParts {
	parent: HTMLElement;
	text: string;
	/** The id of the element that names the editor. */
	labelledBy: string;
	describedBy: string;
	offersAt: (text: string, at: number) => Promise<{ from: number; offers: Offer[] } | null>;
	changed: (text: string) => void;
	run: () => void;
	/** One statement back or forward in the history; false where there is none. */
	recall: (step: 1 | -1) => boolean;
	/** Stops what runs; false where nothing does. */
	stop: () => boolean;
}

export interface Editor {
	setText: (text: string) => void;
	/** Underlines the word at an offset; null takes the line away. */
	mark: (offset: number | null) => void;
	goTo: (offset: number) => void;
	close: () => void;
}

const duck = SQLDialect.define({
	...PostgreSQL.spec,
	keywords: `${PostgreSQL.spec.keywords ?? ''} qualify pivot unpivot summarize describe exclude replace asof semi anti positional sample ilike glob`,
	types: `${PostgreSQL.spec.types ?? ''} hugeint ubigint utinyint tinyint double struct map list enum`,
	caseInsensitiveIdentifiers: true,
});

const colours = HighlightStyle.define([
	{ tag: [tags.keyword, tags.operatorKeyword], color: 'var(--accent)' },
	{ tag: [tags.string, tags.special(tags.string)], color: 'var(--worse)' },
	{ tag: [tags.number, tags.bool, tags.null], color: 'var(--cat-3)' },
	{ tag: tags.typeName, color: 'var(--cat-4)' },
	{ tag: [tags.comment, tags.lineComment, tags.blockComment], color: 'var(--ink-3)' },
]);

const look = EditorView.theme({
	'&': { color: 'var(--ink)', backgroundColor: 'var(--surface)', border: '1px solid var(--rule)', borderRadius: '4px' },
	'&.cm-focused': { outline: '2px solid var(--accent)', outlineOffset: '1px' },
	'.cm-scroller': { font: '13px/1.5 ui-monospace, monospace', padding: '8px 0', minHeight: '144px', maxHeight: '420px', overflow: 'auto' },
	'.cm-content': { caretColor: 'var(--ink)' },
	'.cm-line': { padding: '0 12px 0 8px' },
	'.cm-gutters': { backgroundColor: 'var(--surface)', color: 'var(--ink-3)', border: '0', paddingLeft: '4px' },
	'.cm-place': { textDecoration: 'underline wavy var(--alarm)', textUnderlineOffset: '3px', backgroundColor: 'color-mix(in srgb, var(--alarm) 14%, transparent)' },
	'&.cm-focused .cm-matchingBracket': { backgroundColor: 'var(--accent-wash)' },
	'.cm-tooltip': { backgroundColor: 'var(--surface)', color: 'var(--ink)', border: '1px solid var(--rule)', borderRadius: '4px' },
	'.cm-tooltip.cm-tooltip-autocomplete > ul': { fontFamily: 'var(--sans)', fontSize: '13px', maxHeight: 'none', overflow: 'hidden' },
	'.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '3px 8px' },
	'.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': { backgroundColor: 'var(--accent-wash)', color: 'var(--ink)' },
	'.cm-completionDetail': { color: 'var(--ink-2)', fontStyle: 'normal', fontSize: '11px' },
	'.cm-completionMatchedText': { textDecoration: 'none', fontWeight: '600' },
});

const placed = StateEffect.define<number | null>();

function wordAt(state: EditorState, offset: number): { from: number; to: number } {
	const at = Math.min(offset, state.doc.length);
	const word = /^\w+/.exec(state.sliceDoc(at, at + 80))?.[0].length ?? 1;
	const to = Math.min(state.doc.length, at + word);
	return { from: to > at ? at : Math.max(0, at - 1), to };
}

const place = StateField.define<DecorationSet>({
	create: () => Decoration.none,
	update(marks, transaction) {
		const effect = transaction.effects.find((each) => each.is(placed));
		if (effect) {
			if (effect.value === null) return Decoration.none;
			const { from, to } = wordAt(transaction.state, effect.value);
			return from < to ? Decoration.set([Decoration.mark({ class: 'cm-place' }).range(from, to)]) : Decoration.none;
		}
		return transaction.docChanged ? Decoration.none : marks;
	},
	provide: (field) => EditorView.decorations.from(field),
});

const icons: Record<Offer['kind'], string> = { schema: 'namespace', table: 'class', column: 'property', measure: 'constant', function: 'function', keyword: 'keyword' };

function complete(offersAt: EditorParts['offersAt']) {
	return async ({ state, pos, explicit }: CompletionContext): Promise<CompletionResult | null> => {
		if (/String|Comment/.test(syntaxTree(state).resolveInner(pos, -1).name)) return null;
		const found = await offersAt(state.doc.toString(), pos);
		if (!found || (!explicit && found.from === pos && state.sliceDoc(pos - 1, pos) !== '.')) return null;
		const typed = state.sliceDoc(found.from, pos).toLowerCase();
		return {
			from: found.from,
			options: found.offers.filter(({ label, insert }) => label !== typed || insert !== undefined).map(({ label, kind, detail, insert, weight }) => ({ label, detail, type: icons[kind], boost: weight, ...(insert === undefined ? {} : { apply: insert }) })),
			validFor: /^\w*$/,
		};
	};
}

/** An editor for one statement in place of a text field. Tab indents; Esc and then Tab leaves it. */
export function openEditor(parts: EditorParts): Editor {
	const keys = Prec.highest(
		keymap.of([
			{ key: 'Mod-Enter', run: (editor) => (closeCompletion(editor), parts.run(), true) },
			{ key: 'Alt-ArrowUp', run: () => parts.recall(1) || true },
			{ key: 'Alt-ArrowDown', run: () => parts.recall(-1) || true },
		]),
	);
	const view = new EditorView({
		parent: parts.parent,
		state: EditorState.create({
			doc: parts.text,
			extensions: [
				keys,
				lineNumbers(),
				history(),
				bracketMatching(),
				duck.language,
				syntaxHighlighting(colours),
				autocompletion({ override: [complete(parts.offersAt)], icons: false, maxRenderedOptions: 10 }),
				keymap.of([{ key: 'Tab', run: acceptCompletion }, ...completionKeymap, { key: 'Escape', run: () => parts.stop() }, ...historyKeymap, ...defaultKeymap, indentWithTab]),
				place,
				look,
				EditorView.lineWrapping,
				EditorView.contentAttributes.of({ 'aria-labelledby': parts.labelledBy, 'aria-describedby': parts.describedBy }),
				EditorView.updateListener.of((update) => {
					if (update.docChanged) parts.changed(update.state.doc.toString());
				}),
			],
		}),
	});
	return {
		setText: (text) => {
			if (text === view.state.doc.toString()) return;
			view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text }, selection: { anchor: text.length } });
		},
		mark: (offset) => view.dispatch({ effects: placed.of(offset) }),
		goTo: (offset) => {
			view.focus();
			view.dispatch({ selection: { anchor: Math.min(offset, view.state.doc.length) }, scrollIntoView: true });
		},
		close: () => view.destroy(),
	};
}
