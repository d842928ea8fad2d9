import { existsSync, readFileSync } from 'node:fs';

const crashed = { passed: 0, failed: 1, skipped: 0 };

function report(file) {
	try {
		return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null;
	} catch {
		return null;
	}
}

// A run that ends badly without a failed test (a crash, an unhandled error) is one failure.
function withExit(counts, status) {
	return status !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

/** A check without tests of its own, such as lint: one test. */
export function ofCheck(status) {
	return { passed: status === 0 ? 1 : 0, failed: status === 0 ? 0 : 1, skipped: 0 };
}

/** Counts from Vitest's JSON report; a file that cannot be loaded is one failure. */
export function ofVitest(file, status) {
	const found = report(file);
	if (!found) return crashed;
	const broken = found.testResults.filter(({ status: state, assertionResults }) => {
		return state === 'failed' && !assertionResults.some((test) => test.status === 'failed');
	});
	return withExit(
		{
			passed: found.numPassedTests,
			failed: found.numFailedTests + broken.length,
			skipped: found.numPendingTests + found.numTodoTests,
		},
		status,
	);
}

/** Counts from Playwright's JSON report; an error outside any test is one failure. */
export function ofPlaywright(file, status) {
	const found = report(file);
	if (!found) return crashed;
	const { expected, flaky, unexpected, skipped } = found.stats;
	return withExit({ passed: expected + flaky, failed: unexpected + found.errors.length, skipped }, status);
}

export function total(all) {
	return all.reduce(
		(sum, { passed, failed, skipped }) => ({
			passed: sum.passed + passed,
			failed: sum.failed + failed,
			skipped: sum.skipped + skipped,
		}),
		{ passed: 0, failed: 0, skipped: 0 },
	);
}

export function inWords({ passed, failed, skipped }) {
	return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
