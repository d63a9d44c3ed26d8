/**
 * node scripts/drift.mjs           fails when something generated is not what the code of today generates
 * node scripts/drift.mjs --write   writes it
 *
 * Works on the built service. Migrations cannot be written by it: what they lack is printed.
 */
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const GENERATED = ['openapi.json', '.env.example'];

const write = process.argv.includes('--write');
const folder = mkdtempSync(join(tmpdir(), 'nexus-generated-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

/** Programs here print what went wrong themselves. */
function runOrExit(...command) {
  const { status } = spawnSync(command[0], command.slice(1), { stdio: 'inherit' });
  if (status !== 0) process.exit(1);
}

const textOf = (path) => (existsSync(path) ? readFileSync(path, 'utf8') : '');

/** The first line that differs says more than a whole diff of a long file. */
function firstDifference(committed, generated) {
  const [old, now] = [committed.split('\n'), generated.split('\n')];
  const line = now.findIndex((text, index) => text !== old[index]);
  const at = line === -1 ? now.length : line;
  return `  line ${at + 1}\n  - ${old[at] ?? '(end)'}\n  + ${now[at] ?? '(end)'}`;
}

runOrExit('node', 'dist/drift.js', folder);

let drifted = false;
for (const file of GENERATED) {
  const [committed, generated] = [textOf(file), textOf(join(folder, file))];
  if (committed === generated) continue;
  if (write) {
    copyFileSync(join(folder, file), file);
    console.log(`${file} written`);
  } else {
    drifted = true;
    console.log(`${file} is not what the code generates:\n${firstDifference(committed, generated)}`);
  }
}
if (drifted) console.log('\nWrite them with: npm run build && node scripts/drift.mjs --write');

const schema = textOf(join(folder, 'schema.sql'));
if (schema) console.log(`\nThe entities need what no migration does:\n\n${schema}`);

process.exit(drifted || schema ? 1 : 0);
