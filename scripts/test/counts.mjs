import { readFileSync } from 'node:fs';

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/** @returns {Counts} */
const none = () => ({ passed: 0, failed: 0, skipped: 0 });

/**
 * Reads what vitest's JSON reporter wrote. A file that could not even be loaded counts as one failed test.
 *
 * @param {string} path
 * @returns {Counts}  zeros when vitest ended before it wrote anything
 */
export function countsOf(path) {
  let report;
  try {
    report = JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return none();
  }
  const unloaded = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + unloaded.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/**
 * What a gate adds to the sum: its tests, or itself when it has none. A gate that failed never counts as 0 failures.
 *
 * @param {boolean} ok
 * @param {Counts | undefined} tests
 * @returns {Counts}
 */
export function countsOfGate(ok, tests) {
  if (!tests) return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 };
  return { ...tests, failed: ok ? tests.failed : Math.max(1, tests.failed) };
}

/** @param {Counts[]} all @returns {Counts} */
export function sum(all) {
  const total = none();
  for (const counts of all) for (const key of Object.keys(total)) total[key] += counts[key];
  return total;
}
