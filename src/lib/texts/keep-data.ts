import { byteText, counted, countText } from '../format.ts';

const workspaces: [string, string] = ['set of files', 'sets of files'];
const rows: [string, string] = ['row', 'rows'];

/** Files that stay on the device, and the engine that is started anew. */
export const keepData = {
	title: 'Kept on this device',
	none: 'Files that you open are kept here, for the next visit.',
	where: { folder: 'On this device only, in this browser. Nothing is sent anywhere.', database: 'On this device only, in this browser’s database. Nothing is sent anywhere.' },
	nothing: 'This browser lets the page keep nothing, as in a private window. Files that you open are gone when the page is closed.',
	reading: 'Looking at what is kept',
	writing: 'Keeping what is open',
	facts: (count: number, bytes: number, when: string, after: boolean) => `${after ? ' · ' : ''}${counted(count, rows)} · ${byteText(bytes)} · ${when}`,
	here: 'open now',
	total: (count: number, bytes: number) => `${counted(count, workspaces)}, ${byteText(bytes)} in all.`,
	rename: (name: string) => `Rename ${name}`,
	name: 'Name',
	save: 'Save',
	cancel: 'Cancel',
	forget: (name: string) => `Forget ${name}`,
	forgetAsk: (name: string, files: number) => `Remove ${files === 1 ? 'the file' : `all ${countText(files)} files`} of “${name}” from this device? This cannot be undone.`,
	forgetYes: 'Forget it',
	forgotten: (name: string) => `“${name}” is removed from this device.`,
	all: 'Forget everything',
	allAsk: 'Remove all kept files, and also bookmarks, notes, targets, your own measures, earlier statements, settings and the copy of the app for work without a network, from this device? This cannot be undone.',
	allYes: 'Yes, forget everything',
	allForgotten: 'Nothing of this app is kept on this device any more.',
	failed: (message: string) => `It could not be removed: ${message}`,
	overtaken: {
		changed: 'These files were changed in another window. This one goes on showing the earlier version; reload the page to see the new one.',
		forgotten: 'These files were removed from this device in another window. They are shown here until this page is closed or reloaded.',
	},
	restarted: 'The engine had stopped and was started again. Your data and this view are as they were.',
	restartedAgain: (message: string) => `The engine had stopped a second time on the same question and was started again: ${message} Your data and this view are as they were; that question is not asked again.`,
	demoInstead: (message: string) => `The engine had stopped, and what was open could not be built again: ${message} This is demo data. What is kept on this device is still kept.`,
} as const;
