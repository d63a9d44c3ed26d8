/**
 * npm run chaos          every test that names a point of reliability, with the full numbers
 * npm run chaos -- 3 15  those of the named points
 */
import { run } from './test/program.mjs';

const LIMIT_MIN = 90;

const points = process.argv.slice(2);
const number = points.length > 0 ? `(?:${points.join('|')})` : '\\d+';

process.env.NEXUS_CHAOS = 'full';
const { ok } = await run(
  [
    ...['vitest', 'run', '--project', 'integration', '--project', 'e2e'],
    ...['-t', `\\(points? (?:\\d+, )*${number}[,)]`],
    ...[`--testTimeout=${30 * 60_000}`, '--reporter=verbose'],
  ],
  { limitMin: LIMIT_MIN, live: true },
);
process.exitCode = ok ? 0 : 1;
