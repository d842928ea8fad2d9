import { slicersAt } from './questions.mjs';

/** Every contender as its own chunk, so that a page fetches what it alone needs. */
const contenders = {
	throughline: () => import('./throughline.mjs'),
	mosaic: () => import('./mosaic.mjs'),
	perspective: () => import('./perspective.mjs'),
	crossfilter: () => import('./crossfilter.mjs'),
};
const painted = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));

/** Milliseconds until the first picture from the rows in hand, and of each change until it is painted; the answers after the last. */
window.race = async (name, data, count) => {
	const bytes = new Uint8Array(await (await fetch(data)).arrayBuffer());
	const begun = performance.now();
	const { start } = await contenders[name]();
	const contender = await start(bytes, document.getElementById('host'));
	await contender.change({});
	await painted();
	const first = performance.now() - begun;
	const changes = [];
	for (let i = 0; i < count; i++) {
		const from = performance.now();
		await contender.change(slicersAt(i));
		await painted();
		changes.push(performance.now() - from);
		await new Promise((done) => setTimeout(done, 50));
	}
	await contender.change(slicersAt(1));
	return { first, changes, answers: await contender.answers() };
};
