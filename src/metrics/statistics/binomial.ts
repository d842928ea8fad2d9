/** The part of a binomial distribution that carries weight: pmf[i] = P(X = first + i). */
export interface BinomialMass {
	first: number;
	pmf: Float64Array;
}

const NEGLIGIBLE = 1e-20;

/** Built outwards from the mode by the ratio of neighbours and then normalised, so n may be in the millions. */
export function binomialMass(n: number, p: number): BinomialMass {
	if (p <= 0) return { first: 0, pmf: Float64Array.of(1) };
	if (p >= 1) return { first: n, pmf: Float64Array.of(1) };
	const mode = Math.min(n, Math.floor((n + 1) * p));
	const odds = p / (1 - p);
	const below: number[] = [];
	for (let x = mode, w = 1; x > 0 && w > NEGLIGIBLE; x--) {
		w *= x / ((n - x + 1) * odds);
		below.push(w);
	}
	const above: number[] = [];
	for (let x = mode, w = 1; x < n && w > NEGLIGIBLE; x++) {
		w *= ((n - x) * odds) / (x + 1);
		above.push(w);
	}
	const pmf = Float64Array.from([...below.reverse(), 1, ...above]);
	const total = pmf.reduce((sum, w) => sum + w, 0);
	return { first: mode - below.length, pmf: pmf.map((w) => w / total) };
}

/** P(X ≤ x) summed from the left. */
export function lowerTail({ first, pmf }: BinomialMass, x: number): number {
	let sum = 0;
	for (let i = 0; i < pmf.length && first + i <= x; i++) sum += pmf[i] ?? 0;
	return Math.min(1, sum);
}

/** P(X ≥ x) summed from the right. */
export function upperTail({ first, pmf }: BinomialMass, x: number): number {
	let sum = 0;
	for (let i = pmf.length - 1; i >= 0 && first + i >= x; i--) sum += pmf[i] ?? 0;
	return Math.min(1, sum);
}

/** Two-sided exact p: the outcomes no likelier than the observed one (as R's binom.test). */
export function binomialTwoSided(k: number, n: number, p: number): number {
	const { first, pmf } = binomialMass(n, p);
	const observed = (pmf[k - first] ?? 0) * (1 + 1e-7);
	return Math.min(
		1,
		pmf.reduce((sum, w) => (w <= observed ? sum + w : sum), 0),
	);
}
