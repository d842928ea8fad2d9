/** Notes, inside the page: long tasks, when the first card had a number, and every line of the progress bar. */
function observe() {
	const notes = { longest: 0, firstCard: null, lines: [] };
	window.benchNotes = notes;
	window.benchLayers = () => {
		const layers = {};
		for (const { layer, milliseconds } of window.throughline.timings())
			layers[layer] = (layers[layer] ?? 0) + milliseconds;
		return layers;
	};
	new PerformanceObserver((list) => {
		for (const task of list.getEntries()) notes.longest = Math.max(notes.longest, task.duration);
	}).observe({ type: 'longtask', buffered: true });
	new MutationObserver(() => {
		const at = performance.now();
		const text = document.querySelector('.progress')?.textContent.trim();
		if (text && notes.lines.at(-1)?.text !== text) notes.lines.push({ at, text });
		if (notes.firstCard === null && document.querySelector('[data-kpi] .number[data-value]')) notes.firstCard = at;
	}).observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
}

async function coldStart() {
	await window.throughline.ready;
	await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
	const complete = performance.now();
	const { firstCard, longest, lines } = window.benchNotes;
	const raw = lines.map(({ text }) => /^Taking in .* rows, ([\d,]+) ms$/.exec(text)?.[1]).filter(Boolean);
	const layers = window.benchLayers();
	layers.raw = raw.reduce((sum, ms) => sum + Number(ms.replaceAll(',', '')), 0);
	return { firstCard, complete, longest, layers, rows: (await window.throughline.ready).rows };
}

/** The same data once more in the warm page: from the call to the first table that the engine has taken in, and the build. */
async function again() {
	const notes = window.benchNotes;
	notes.lines.length = 0;
	const begun = performance.now();
	await window.throughline.open({});
	const first = notes.lines.find(({ text }) => text.startsWith('Taking in'));
	return { generated: first ? first.at - begun : null, warm: window.benchLayers() };
}

/** Resolves when a frame has been painted in which it holds. */
function installPainted() {
	window.benchPainted = async (holds) => {
		const frame = () => new Promise((done) => requestAnimationFrame(done));
		do await frame();
		while (!holds());
		await frame();
	};
	window.benchVisible = () =>
		[...document.querySelectorAll('[data-tile]')].filter((tile) => {
			const { top, bottom } = tile.getBoundingClientRect();
			return bottom > 0 && top < innerHeight;
		});
}

async function slicerChanges(count) {
	const types = ['claim_denial', 'billing_dispute', 'prior_authorization', 'care_coordination', 'provider_search'];
	const urgencies = ['high', 'medium', 'low'];
	window.benchNotes.longest = 0;
	const [visible, complete] = [[], []];
	for (let i = 0; i < count; i++) {
		const filters = i % 6 === 5 ? {} : { case_type: [types[i % 5]], ...(i % 2 ? { urgency: [urgencies[i % 3]] } : {}) };
		const begun = performance.now();
		const answered = window.throughline.filter(filters);
		await window.benchPainted(() => window.benchVisible().every((tile) => tile.ariaBusy !== 'true'));
		visible.push(performance.now() - begun);
		await answered;
		await window.benchPainted(() => true);
		complete.push(performance.now() - begun);
	}
	return { visible, complete, tiles: window.benchVisible().map((tile) => tile.dataset.tile), longest: window.benchNotes.longest };
}

/** Each card's number is opened once under each of some filters: from the click until its rows are painted. */
async function drills(rounds) {
	const times = [];
	window.benchNotes.longest = 0;
	for (let round = 0; round < rounds; round++) {
		await window.throughline.filter(round % 2 ? { urgency: ['high'] } : {});
		for (const button of document.querySelectorAll('[data-kpi] button.open')) {
			const begun = performance.now();
			button.click();
			await window.benchPainted(() => document.querySelector('dialog tbody tr') !== null);
			times.push(performance.now() - begun);
			document.querySelector('dialog').close();
			await window.benchPainted(() => document.querySelector('dialog') === null);
		}
	}
	await window.throughline.filter({});
	return { times, longest: window.benchNotes.longest };
}

export const quantile = (times, q) =>
	[...times].sort((a, b) => a - b)[Math.min(times.length - 1, Math.ceil(q * times.length) - 1)];

/** Opens the built app on one size of demo data in a fresh browser context and measures what a person waits for. */
export async function measurePage({ browser, url, size, changes }) {
	const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
	const page = await context.newPage();
	page.setDefaultTimeout(600_000);
	const received = new Map();
	context.on('response', (response) => {
		const { pathname } = new URL(response.url());
		if (response.url().startsWith(url)) received.set(pathname, Number(response.headers()['content-length'] ?? 0));
	});
	await page.addInitScript(observe);
	await page.goto(`${url}?v=1&size=${size}`);
	const cold = await page.evaluate(coldStart);
	const transfer = [...received.values()].reduce((sum, bytes) => sum + bytes, 0);
	const bytesOf = (wanted) =>
		[...received].filter(([path]) => path.endsWith('.js') && wanted(path)).reduce((sum, [, bytes]) => sum + bytes, 0);
	const inWorker = (path) => /worker|generate|Arrow/.test(path);
	const scripts = { page: bytesOf((path) => !inWorker(path)), workers: bytesOf(inWorker) };
	const second = await page.evaluate(again);
	await page.evaluate(installPainted);
	const slicers = await page.evaluate(slicerChanges, changes);
	const drilled = await page.evaluate(drills, 3);
	await context.close();
	return { ...cold, transfer, scripts, ...second, slicers, drilled };
}
