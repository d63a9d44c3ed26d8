const NAME = 12;
const CELL = 9;

export const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`;

const row = (name, ...cells) => name.padEnd(NAME) + cells.map((cell) => String(cell).padStart(CELL)).join('');

/** One line a gate; one without a result was not run. */
export function tableOf(gates, results) {
  const lines = gates.map(({ name }) => {
    const result = results.find((candidate) => candidate.name === name);
    if (!result) return row(name, 'not run');
    const { passed, failed, skipped } = result.counts;
    return row(name, seconds(result.ms), passed, failed, skipped);
  });
  return [row('gate', 'time', 'passed', 'failed', 'skipped'), ...lines].join('\n');
}
