import { documentOf, drawIn, emptySvg, hitArea, lineOfText, rootSvg, type Draw } from './drawing.ts';
import { flags, gathered } from './flags.ts';
import { ellipsis, textWidth, widest } from './label-text.ts';
import { linear, type Scale } from './scale.ts';
import { timeTicks } from './time-ticks.ts';
import { drawFlags, drawRules, HALO, ROW, rowsOfNames, rulesOf } from './timeline-parts.ts';
import type { TimelineInput, TimelineSpan } from './types.ts';

const LANE = 17;
const BAND = 16;
const NEAR = 7;

function marked(
	draw: Draw,
	key: string,
	title: string,
	current: string | undefined,
	...children: SVGElement[]
): SVGGElement {
	return draw(
		'g',
		{ class: key === current ? 'mark current' : 'mark', 'data-key': key },
		draw('title', {}, title),
		...children,
	);
}

function drawWaits(draw: Draw, waits: readonly TimelineSpan[], at: Scale, y: number): SVGElement[] {
	return waits.map((wait) => {
		const [left, right] = [at(wait.from), at(wait.to)];
		const gap = right - left > 6 ? 1.5 : 0;
		const long = wait.label !== null;
		return marked(
			draw,
			wait.key,
			wait.title,
			undefined,
			draw('rect', {
				class: 'wait',
				x: left + gap,
				y: y - (long ? 2 : 0.5),
				width: Math.max(0, right - left - gap * 2),
				height: long ? 4 : 1,
				fill: long ? 'var(--worse)' : 'var(--ink-3)',
			}),
		);
	});
}

function drawHolders(draw: Draw, input: TimelineInput, at: Scale, y: number): { drawn: SVGElement[]; height: number } {
	const fits = (holder: TimelineSpan): boolean => textWidth(holder.label ?? '') + 8 <= at(holder.to) - at(holder.from);
	let turn = 0;
	const drawn = input.holders.map((holder) => {
		const [left, right] = [at(holder.from), at(holder.to)];
		const known = holder.label !== null;
		if (known) turn++;
		const box = draw('rect', {
			class: 'holder',
			x: left,
			y,
			width: Math.max(1, right - left - 1),
			height: BAND,
			fill: !known ? 'none' : turn % 2 === 1 ? 'var(--mute)' : 'var(--rule)',
			stroke: known ? undefined : 'var(--rule)',
		});
		return marked(
			draw,
			holder.key,
			holder.title,
			undefined,
			box,
			...(known && fits(holder)
				? [draw('text', { x: left + 4, y: y + 12, fill: 'var(--ink)' }, holder.label ?? '')]
				: []),
		);
	});
	const outside = input.holders.flatMap((holder) =>
		holder.label === null || fits(holder)
			? []
			: [{ x: (at(holder.from) + at(holder.to)) / 2, label: ellipsis(holder.label, input.width * 0.45) }],
	);
	const hung = flags(outside, input.width);
	const levels = hung.reduce((most, flag) => Math.max(most, flag.text === '' ? 0 : flag.level + 1), 0);
	return { drawn: [...drawFlags(draw, outside, hung, y + BAND, 1), ...drawn], height: BAND + levels * ROW };
}

/** All that happened to one thing on one axis of time: milestones, contacts by kind, waits, who held it, and its promise. */
export function timeline(input: TimelineInput): SVGSVGElement {
	const { width, events, contacts, promise, current, cursor } = input;
	if (events.length + contacts.length === 0) return emptySvg('timeline', input);
	const draw = drawIn(documentOf(input));
	const lanes = [...new Set(contacts.map((contact) => contact.lane))];
	const holding = input.holders.length > 0 ? [input.holding] : [];
	const labelWidth = Math.min(Math.ceil(widest([...lanes, ...holding])), width * 0.3);
	const [left, right] = [labelWidth + 10, width - 10];
	const scale = linear([input.from, input.to], [left, right]);
	const at: Scale = (t) => Math.min(right, Math.max(left, scale(t)));
	const { rules, rows } = rulesOf(input, at);
	const points = gathered(
		events.map(({ t, label }) => ({ x: at(t), label })),
		NEAR,
		width * 0.45,
	);
	const names = flags(points, width);
	const line = rows * ROW + (names.reduce((most, flag) => Math.max(most, flag.level), 0) + 1) * ROW + 10;
	const nothing = rowsOfNames(
		input.waits.flatMap((wait) =>
			wait.label === null ? [] : [{ middle: (at(wait.from) + at(wait.to)) / 2, text: wait.label }],
		),
		width,
	);
	const laneTop = line + 10 + nothing.reduce((most, name) => Math.max(most, name.row + 1), 0) * ROW;
	const band = laneTop + lanes.length * LANE + 6;
	const holders = drawHolders(draw, input, at, band);
	const bottom = band + (holding.length > 0 ? holders.height + 6 : 0);
	const svg = rootSvg(draw, 'timeline', width, bottom + 20);
	const beyond = promise !== undefined && promise.at > input.to;
	if (promise && !promise.kept && !beyond)
		svg.append(
			draw('rect', {
				class: 'late',
				x: at(promise.at),
				y: rows * ROW,
				width: right - at(promise.at),
				height: bottom - rows * ROW,
				fill: 'var(--worse)',
				'fill-opacity': 0.08,
			}),
		);
	svg.append(...drawRules(draw, rules, bottom, beyond));
	if (cursor !== undefined)
		svg.append(
			draw('line', {
				class: 'cursor',
				x1: at(cursor),
				x2: at(cursor),
				y1: rows * ROW,
				y2: bottom + 3,
				stroke: 'var(--accent)',
				'stroke-width': 2,
			}),
		);
	lanes.forEach((lane, i) => {
		const y = laneTop + (i + 0.5) * LANE;
		svg.append(
			lineOfText(draw, lane, { x: 0, y: y + 4, fill: 'var(--ink-2)' }, labelWidth),
			draw('line', { x1: left, x2: right, y1: y, y2: y, stroke: 'var(--rule)' }),
		);
	});
	if (holding.length > 0)
		svg.append(
			lineOfText(draw, input.holding, { x: 0, y: band + 12, fill: 'var(--ink-2)' }, labelWidth),
			...holders.drawn,
		);
	svg.append(
		...drawWaits(draw, input.waits, at, line),
		...drawFlags(draw, points, names, line, -1),
		...nothing.map(({ x, row, text }) =>
			draw('text', { x, y: line + 15 + row * ROW, 'text-anchor': 'middle', fill: 'var(--worse)', ...HALO }, text),
		),
	);
	if (input.end !== undefined)
		svg.append(
			draw('path', {
				class: 'open-end',
				d: `M${String(right)},${String(line - 4)}l7,4l-7,4`,
				fill: 'none',
				stroke: 'var(--ink)',
				'stroke-width': 1.5,
			}),
		);
	for (const contact of contacts) {
		const y = laneTop + (lanes.indexOf(contact.lane) + 0.5) * LANE;
		const x = at(contact.t);
		const long = Math.min(right - x, Math.max(3, at(contact.t + (contact.minutes ?? 0) * 60_000) - x));
		svg.append(
			marked(
				draw,
				contact.key,
				contact.title,
				current,
				hitArea(draw, x - 5, y - LANE / 2, long + 10, LANE),
				draw('rect', {
					x: x - (long > 3 ? 0 : 1.5),
					y: y - 5,
					width: long,
					height: 10,
					rx: 1,
					fill: contact.key === current ? 'var(--accent)' : 'var(--ink-2)',
				}),
			),
		);
	}
	for (const event of events) {
		const on = event.key === current;
		svg.append(
			marked(
				draw,
				event.key,
				event.title,
				current,
				hitArea(draw, at(event.t) - 6, line - 8, 12, 16),
				draw('circle', {
					cx: at(event.t),
					cy: line,
					r: on ? 5.5 : 4,
					fill: on ? 'var(--accent)' : 'var(--ink)',
					stroke: 'var(--paper)',
					'stroke-width': 1.5,
				}),
			),
		);
	}
	svg.append(draw('line', { class: 'axis-line', x1: left, x2: right, y1: bottom, y2: bottom, stroke: 'var(--ink-3)' }));
	for (const { t, label } of timeTicks(input.from, input.to, right - left)) {
		const half = textWidth(label) / 2;
		svg.append(draw('line', { x1: at(t), x2: at(t), y1: bottom, y2: bottom + 3, stroke: 'var(--ink-3)' }));
		if (at(t) - half >= 0 && at(t) + half <= width)
			svg.append(draw('text', { x: at(t), y: bottom + 15, 'text-anchor': 'middle', fill: 'var(--ink-2)' }, label));
	}
	return svg;
}
