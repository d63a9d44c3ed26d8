/**
 * npm test                        every gate
 * npm test -- --only lint,types   the named gates
 * npm test -- downloads           the unit and integration tests whose path contains the word
 * npm test -- --only e2e panel    the same for other tiers
 *
 * The last line is `N passed, N failed`: tests, and one for each gate that has no tests.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { countsOf, countsOfGate, sum } from './test/counts.mjs';
import { gates } from './test/gates.mjs';
import { run } from './test/program.mjs';
import { seconds, tableOf } from './test/table.mjs';

const TIERS_OF_WORDS = ['unit', 'integration'];

const scratch = mkdtempSync(join(tmpdir(), 'nexus-reports-'));
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));

function parse() {
  const { values, positionals: words } = parseArgs({ options: { only: { type: 'string' } }, allowPositionals: true });
  const all = gates.map(({ name }) => name);
  const names = values.only?.split(',') ?? (words.length > 0 ? TIERS_OF_WORDS : all);
  const unknown = names.filter((name) => !all.includes(name));
  if (unknown.length > 0) throw new Error(`There is no gate ${unknown.join(', ')}, only ${all.join(', ')}`);
  const chosen = gates.filter(({ name }) => names.includes(name));
  if (words.length > 0 && !chosen.every(({ tests }) => tests)) throw new Error('Words choose tests, not other gates');
  return { chosen, words };
}

const reportTo = (path, reporter) => [`--reporter=${reporter}`, '--reporter=json', `--outputFile.json=${path}`];

async function runGate(gate) {
  const started = performance.now();
  const report = join(scratch, `${gate.name}.json`);
  let ok = true;
  let output = '';
  for (const step of gate.steps) {
    const result = await run(gate.tests ? [...step, ...reportTo(report, 'dot')] : step, gate);
    output += result.output;
    ok = result.ok;
    if (!ok) break;
  }
  const ms = performance.now() - started;
  console.log(`${ok ? '✓' : '✗'} ${gate.name} ${seconds(ms)}`);
  if (!ok) console.log(`\n${output.trim()}\n`);
  return { name: gate.name, ok, ms, counts: countsOfGate(ok, gate.tests && countsOf(report)) };
}

/** Runs gates in their order, `atOnce` side by side, whatever becomes of the others. */
async function runGates(waiting, atOnce) {
  const queue = [...waiting];
  const results = [];
  const lane = async () => {
    for (let gate = queue.shift(); gate; gate = queue.shift()) results.push(await runGate(gate));
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  return results;
}

/** What does not even read well is not run. */
async function runStages(chosen) {
  const stage = (name) => chosen.filter((gate) => gate.stage === name);
  const results = await runGates(stage('static'), 2);
  if (results.every(({ ok }) => ok)) results.push(...(await runGates(stage('running'), 1)));
  return results;
}

/** One run of vitest over the tiers, shown as it goes. */
async function runWords(tiers, words) {
  const report = join(scratch, 'words.json');
  const projects = tiers.flatMap(({ name }) => ['--project', name]);
  const command = ['vitest', 'run', ...projects, ...words, ...reportTo(report, 'default')];
  const { ok } = await run(command, { limitMin: 20, live: true });
  return countsOfGate(ok, countsOf(report));
}

async function main() {
  const { chosen, words } = parse();
  const started = performance.now();
  let total;
  if (words.length > 0) {
    total = await runWords(chosen, words);
  } else {
    const results = await runStages(chosen);
    console.log(`\n${tableOf(chosen, results)}`);
    total = sum(results.map(({ counts }) => counts));
  }
  console.log(`\n${seconds(performance.now() - started)}`);
  console.log(`${total.passed} passed, ${total.failed} failed`);
  process.exitCode = total.failed === 0 ? 0 : 1;
}

main().catch((error) => {
  console.error(error.message);
  process.exitCode = 2;
});
