/**
 * Which column goes to which row, each used at most once, so that the total of scores is greatest (Kuhn and Munkres, shortest
 * augmenting paths). `scores[row][column]` are 0 or more; a pair of score 0 is never made. Returns a column, or -1, per row.
 */
export function assign(scores: readonly (readonly number[])[]): number[] {
	const rows = scores.length;
	const given = scores[0]?.length ?? 0;
	const columns = given + rows;
	const cost = (row: number, column: number): number => (column < given ? -(scores[row]?.[column] ?? 0) : 0);
	const rowPotential = new Float64Array(rows + 1);
	const columnPotential = new Float64Array(columns + 1);
	const rowOf = new Int32Array(columns + 1);
	for (let row = 1; row <= rows; row++) {
		const before = new Int32Array(columns + 1);
		const least = new Float64Array(columns + 1).fill(Infinity);
		const seen = new Uint8Array(columns + 1);
		rowOf[0] = row;
		let at = 0;
		do {
			seen[at] = 1;
			const current = rowOf[at] ?? 0;
			let delta = Infinity;
			let next = 0;
			for (let column = 1; column <= columns; column++) {
				if (seen[column]) continue;
				const reduced = cost(current - 1, column - 1) - (rowPotential[current] ?? 0) - (columnPotential[column] ?? 0);
				if (reduced < (least[column] ?? 0)) {
					least[column] = reduced;
					before[column] = at;
				}
				if ((least[column] ?? 0) < delta) {
					delta = least[column] ?? 0;
					next = column;
				}
			}
			for (let column = 0; column <= columns; column++) {
				if (seen[column]) {
					const owner = rowOf[column] ?? 0;
					rowPotential[owner] = (rowPotential[owner] ?? 0) + delta;
					columnPotential[column] = (columnPotential[column] ?? 0) - delta;
				} else least[column] = (least[column] ?? 0) - delta;
			}
			at = next;
		} while ((rowOf[at] ?? 0) !== 0);
		while (at !== 0) {
			const previous = before[at] ?? 0;
			rowOf[at] = rowOf[previous] ?? 0;
			at = previous;
		}
	}
	const chosen = new Array<number>(rows).fill(-1);
	for (let column = 1; column <= given; column++) {
		const row = (rowOf[column] ?? 0) - 1;
		if (row >= 0 && (scores[row]?.[column - 1] ?? 0) > 0) chosen[row] = column - 1;
	}
	return chosen;
}
