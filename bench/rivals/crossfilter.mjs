import { tableFromIPC } from '@uwdata/flechette';
import crossfilter from 'crossfilter2';
import * as dc from 'dc';
import { scaleLinear } from 'd3-scale';

/** crossfilter2 with dc's charts, no transitions, on the page's own thread. */
export async function start(bytes, host) {
	const rows = tableFromIPC(bytes, { useProxy: false }).toArray();
	const index = crossfilter(rows);
	const [type, urgency] = [index.dimension((row) => row.case_type), index.dimension((row) => row.urgency)];
	const mean = (dimension, column) =>
		dimension.group().reduce(
			(sum, row) => (row[column] === null ? sum : { n: sum.n + 1, total: sum.total + row[column] }),
			(sum, row) => (row[column] === null ? sum : { n: sum.n - 1, total: sum.total - row[column] }),
			() => ({ n: 0, total: 0 }),
		);
	// A dimension's own groups do not heed its own filter, so what is shown is grouped along dimensions of its own.
	const own = (column) => index.dimension((row) => row[column]);
	const [byType, byWeek, byUrgency, byInsurance] = [own('case_type'), own('week'), own('urgency'), own('insurance')];
	const groups = { types: byType.group().reduceCount(), weeks: byWeek.group().reduceCount(), days: mean(byUrgency, 'days'), broken: mean(byInsurance, 'broken') };
	const box = () => host.appendChild(document.createElement('div'));
	const average = ({ value }) => (value.n > 0 ? value.total / value.n : 0);
	const weeks = groups.weeks.all();
	const shape = (chart, dimension, group) => chart.width(600).height(160).transitionDuration(0).dimension(dimension).group(group);
	shape(dc.rowChart(box()), byType, groups.types).elasticX(true);
	shape(dc.lineChart(box()), byWeek, groups.weeks).elasticY(true).x(scaleLinear().domain([weeks[0].key, weeks.at(-1).key]));
	shape(dc.rowChart(box()), byUrgency, groups.days).valueAccessor(average).elasticX(true);
	shape(dc.rowChart(box()), byInsurance, groups.broken).valueAccessor(average).elasticX(true);
	dc.renderAll();
	const listed = (group, value) => group.all().map((each) => ({ key: each.key, value: value(each) })).filter((each) => each.value !== 0 && each.value !== null);
	return {
		change(slicers) {
			type.filter(slicers.case_type ?? null);
			urgency.filter(slicers.urgency ?? null);
			dc.redrawAll();
		},
		answers: () => ({ types: listed(groups.types, ({ value }) => value), weeks: listed(groups.weeks, ({ value }) => value), days: listed(groups.days, (each) => (each.value.n > 0 ? average(each) : null)), broken: listed(groups.broken, (each) => (each.value.n > 0 ? average(each) : null)) }),
	};
}
