/**
 * A gate is passed when each of its steps exits with 0; the first that does not ends it.
 *
 * @typedef {object} Gate
 * @property {string} name
 * @property {'static' | 'running'} stage  static gates read the code, running ones execute what was built from it
 * @property {string[][]} steps  programs of node_modules/.bin, or `node`, with their arguments
 * @property {number} limitMin  minutes after which a step is stopped and has failed
 * @property {boolean} [tests]  its steps are vitest, so its tests are counted
 */

/** @param {string} name @param {string[][]} steps @returns {Gate} */
const reading = (name, ...steps) => ({ name, stage: 'static', steps, limitMin: 5 });

/** @param {string} project @param {number} limitMin @param {string[]} options @returns {Gate} */
const testing = (project, limitMin, ...options) => ({
  name: project,
  stage: 'running',
  steps: [['vitest', 'run', '--project', project, ...options]],
  limitMin,
  tests: true,
});

/** In the order they start; the longest of the static ones come first, because two of those run side by side. */
export const gates = [
  reading('lint', ['eslint', '.', '--max-warnings=0']),
  reading('types', ['tsc', '-p', 'tsconfig.json'], ['tsc', '-p', 'web/tsconfig.json']),
  // Builds what is not up to date; after `pretest` that is nothing.
  reading('build', ['node', 'scripts/setup.mjs', 'test']),
  reading('format', ['prettier', '--check', '--log-level=warn', '.']),
  reading('boundaries', ['depcruise', 'src', 'test', 'bench', 'migrations', 'web/src']),
  reading('unused', ['knip'], ['knip', '--production', '--include=files,dependencies,unlisted']),
  testing('unit', 3),
  { name: 'drift', stage: 'running', steps: [['node', 'scripts/drift.mjs']], limitMin: 2 },
  testing('integration', 10),
  testing('e2e', 10),
];
