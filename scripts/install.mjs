import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

const oldestNode = [20, 19];

/** Runs a command in the project's folder with its output on screen; resolves names like npm on every platform. */
export function run(command, args, env = {}) {
	const result = spawnSync(command, args, {
		cwd: root,
		stdio: ['ignore', 'inherit', 'inherit'],
		env: { ...process.env, ...env },
		shell: process.platform === 'win32' && !command.endsWith('.exe'),
	});
	return result.status ?? 1;
}

/** Runs the npm that started us, or the one on the path. */
export function npm(args) {
	const cli = process.env.npm_execpath;
	return cli?.endsWith('.js') ? run(process.execPath, [cli, ...args]) : run('npm', args);
}

/** Runs the command-line program of an installed package with this Node. */
export function tool(packageName, args, env = {}, program = packageName.split('/').at(-1)) {
	const home = join(root, 'node_modules', packageName);
	const { bin } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'));
	const file = typeof bin === 'string' ? bin : bin[program];
	return run(process.execPath, [join(home, file), ...args], env);
}

function lockedPackages(file) {
	if (!existsSync(file)) return {};
	const { packages } = JSON.parse(readFileSync(file, 'utf8'));
	return Object.fromEntries(Object.entries(packages).filter(([path]) => path !== ''));
}

function outdated() {
	const wanted = lockedPackages(join(root, 'package-lock.json'));
	const installed = lockedPackages(join(root, 'node_modules/.package-lock.json'));
	return Object.entries(wanted).some(([path, { version, optional, devOptional }]) => {
		if (installed[path]) return installed[path].version !== version;
		return !optional && !devOptional;
	});
}

/** Installs the locked dependencies when they are missing or not those of package-lock.json. */
export function install() {
	const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
	if (major < oldestNode[0] || (major === oldestNode[0] && minor < oldestNode[1])) {
		throw new Error(
			`Node ${process.versions.node} is too old: Throughline needs ${oldestNode.join('.')} or later (nodejs.org).`,
		);
	}
	if (!outdated()) return;
	const quietly = ['--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
	console.log('Installing dependencies (npm ci) …');
	if (npm(['ci', ...quietly]) === 0) return;
	// npm ci refuses a lock file without the optional packages of other platforms; some registries do not carry them.
	console.log('npm ci failed; trying npm install, which keeps to the same versions …');
	if (npm(['install', '--no-save', ...quietly]) === 0) return;
	throw new Error('The dependencies could not be installed: see above. npm needs to reach its registry once.');
}
