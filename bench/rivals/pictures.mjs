import { charts } from '../../src/charts/index.ts';

const group = ({ key, value }) => ({ key: String(key), label: String(key), value, n: 1, lo: null, hi: null });

/** Draws the four answers (lists of { key, value }) with Throughline's charts, for those who bring none of their own. */
export function drawAll(host, answers) {
	const width = 600;
	host.replaceChildren(
		charts.bars({ width, rows: answers.types.map(group), format: (value) => value.toFixed(0) }),
		charts.spark({ width, height: 120, points: answers.weeks.map(({ key, value }) => ({ t: Number(key), value })) }),
		charts.bars({ width, rows: answers.days.map(group), format: (value) => value.toFixed(1) }),
		charts.bars({ width, rows: answers.broken.map(group), format: (value) => `${(100 * value).toFixed(0)} %` }),
	);
}
