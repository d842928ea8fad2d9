import { normalTwoSided } from './distributions.ts';

export interface LogRankSums {
	observed: number;
	expected: number;
	/** Hypergeometric variance of observed − expected. */
	variance: number;
}

/** One group against the rest (Mantel 1966): z > 0 where its events come sooner. Null without a common event time. */
export function logRank({ observed, expected, variance }: LogRankSums): { z: number | null; p: number | null } {
	if (variance <= 0) return { z: null, p: null };
	const z = (observed - expected) / Math.sqrt(variance);
	return { z, p: normalTwoSided(z) };
}

/** The log-rank sums of every group, in order of first appearance. */
export function logRankTable<G>(
	rows: readonly { time: number; event: boolean; group: G }[],
): ({ group: G } & LogRankSums)[] {
	const groups = new Map<G, number>();
	for (const { group } of rows) if (!groups.has(group)) groups.set(group, groups.size);
	const sums = [...groups.keys()].map((group) => ({ group, observed: 0, expected: 0, variance: 0 }));
	const atRisk = new Float64Array(groups.size);
	const events = new Float64Array(groups.size);
	const latestFirst = [...rows].sort((a, b) => b.time - a.time);
	for (let i = 0, n = 0; i < latestFirst.length;) {
		const time = latestFirst[i]?.time;
		events.fill(0);
		let d = 0;
		for (let row = latestFirst[i]; row !== undefined && row.time === time; row = latestFirst[++i]) {
			const g = groups.get(row.group) ?? 0;
			atRisk[g] = (atRisk[g] ?? 0) + 1;
			n++;
			if (row.event) {
				events[g] = (events[g] ?? 0) + 1;
				d++;
			}
		}
		if (d === 0) continue;
		const spread = n > 1 ? (d * (n - d)) / (n - 1) : 0;
		sums.forEach((sum, g) => {
			const share = (atRisk[g] ?? 0) / n;
			sum.observed += events[g] ?? 0;
			sum.expected += d * share;
			sum.variance += spread * share * (1 - share);
		});
	}
	return sums;
}
