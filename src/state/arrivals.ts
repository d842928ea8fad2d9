import { texts } from '../lib/texts/index.ts';
import { inputFiles } from './console.ts';
import type { Session } from './session.svelte.ts';

interface LaunchQueue {
	setConsumer: (take: (launch: { files?: readonly FileSystemFileHandle[] }) => void) => void;
}

/** Files that were shared with the app: another page can pretend to be the system that shares, so nothing is opened before a person says so. */
export async function askAbout(session: Session, files: readonly File[] | null): Promise<void> {
	if (files === null) return;
	if (files.length === 0) session.notice = texts.offline.unshared;
	else if (await session.intake.read(session.state.pack, inputFiles(files))) session.intake.asks = true;
	else session.error = session.intake.error;
}

/** Files that a person opens with the app, in a browser that has it installed. */
export function onLaunch(window: Window, ready: Promise<unknown>, session: Session): void {
	const { launchQueue } = window as { launchQueue?: LaunchQueue };
	launchQueue?.setConsumer(({ files = [] }) => {
		if (files.length === 0) return;
		void ready
			.catch(() => undefined)
			.then(() => Promise.all(files.map((handle) => handle.getFile())))
			.then((given) => session.take(inputFiles(given)))
			.catch(() => undefined);
	});
}
