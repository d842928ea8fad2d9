import { spawn } from 'node:child_process';
import { build, dist, stale } from './build.mjs';
import { install } from './install.mjs';
import { serve } from './serve.mjs';

const openers = {
	darwin: ['open'],
	win32: ['cmd', '/c', 'start', '""'],
	linux: ['xdg-open'],
};

function openBrowser(url) {
	const headless = process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY;
	if (process.env.CI || headless || process.argv.includes('--no-open')) return;
	const [command, ...args] = openers[process.platform] ?? openers.linux;
	const child = spawn(command, [...args, url], { stdio: 'ignore', detached: true });
	child.on('error', () => {});
	child.unref();
}

async function start() {
	install();
	if (stale()) {
		console.log('Building …');
		if (build() !== 0) throw new Error('The build failed: see its message above.');
	}
	const server = await serve({ root: dist, port: 4173, tries: 100 });
	console.log(`\nThroughline is at ${server.url}\nCtrl-C stops it.`);
	openBrowser(server.url);
	for (const signal of ['SIGINT', 'SIGTERM'])
		process.once(signal, () => void server.close().then(() => process.exit(0)));
}

start().catch((error) => {
	console.error(error.message);
	process.exitCode = 1;
});
