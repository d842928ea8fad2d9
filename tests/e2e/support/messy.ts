import { upload, type Upload } from './files.ts';

interface Messy {
	/** A column of its own, so that nothing is remembered from another test. */
	mark: string;
	/** Lines after the rows. */
	more?: readonly string[];
	name?: string;
}

/**
 * Twelve tickets as a help desk might export them: opened on the 1st to the 12th of March, the first eight closed two days later, dates
 * that no row decides, 0 for no answer, states and priorities in words of their own.
 */
export function messyTickets({ mark, more = [], name = 'tickets.csv' }: Messy): Upload {
	const two = (n: number): string => String(n).padStart(2, '0');
	const scores = [0, 0, 0, 0, 0, 1, 2, 3, 3, 4, 4, 5];
	const rows = scores.map((score, i) => {
		const day = i + 1;
		const closed = day <= 8;
		const cells = [`T-${String(100 + day)}`, `M-${String(day)}`, `Agent ${'ABC'.charAt(i % 3)}`, i % 2 === 0 ? 'Claim denial' : 'Billing dispute', ['Urgent', 'Normal', 'Low'][i % 3], closed ? 'Closed' : day === 12 ? 'Parked' : 'WIP', `${two(day)}/03/2025 08:00`, closed ? `${two(day + 2)}/03/2025 08:00` : '', String(score), `x${String(day % 2)}`];
		return cells.join(';');
	});
	return upload(name, [`Ticket ID;Member ID;Assigned To;Issue Type;Priority;Status;Opened At;Closed At;Score;${mark}`, ...rows, ...more, ''].join('\n'));
}

/** Forty sales of a shop in a hundred days: a table that belongs to no pack. */
export function shopSales(): Upload {
	const rows = Array.from({ length: 40 }, (_, i) => {
		const day = new Date(Date.UTC(2025, 0, 1 + (i % 20) * 5)).toISOString().slice(0, 10);
		return [`S${String(1000 + i)}`, day, ['North', 'South'][i % 2], ['Tea', 'Coffee', 'Cake', 'Soup'][i % 4], String(1 + (i % 7)), `${String(2 + (i % 5))}.50`].join(',');
	});
	return upload('sales.csv', ['sale_no,sold_on,shop,product,units_sold,unit_price', ...rows, ''].join('\n'));
}
