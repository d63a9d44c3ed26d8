/**
 * node scripts/setup.mjs start|test
 *
 * Makes a machine with Node, Python 3 and apt ready to start Nexus, or to test it, and does next to nothing when it is.
 * What is optional and cannot be had is named, with what will not work; it never fails the start.
 *
 *   NEXUS_SETUP=off          do nothing at all
 *   NEXUS_SETUP_SYSTEM=off   install nothing into the system: no apt-get install, no sudo
 */
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, isBuilt } from './setup/build.mjs';
import { Failures } from './setup/failures.mjs';
import { areModulesInstalled, installModules } from './setup/node-modules.mjs';
import { installPythonTools, missingPythonTools } from './setup/python-tools.mjs';
import { withSetupLock } from './setup/setup-lock.mjs';
import { installSystemTools, missingSystemTools } from './setup/system-tools.mjs';
import { writeToolsFile } from './setup/tools-file.mjs';

const MODES = ['start', 'test'];

function contextOf(mode) {
  const root = dirname(dirname(fileURLToPath(import.meta.url)));
  // The service reads it too, and DATA_DIR, REDIS_URL and the programs' paths may be there.
  if (existsSync(join(root, '.env'))) process.loadEnvFile(join(root, '.env'));
  const { env } = process;
  const toolsDir = join(resolve(root, env.DATA_DIR || '.nexus'), 'tools');
  const systemAllowed = env.NEXUS_SETUP_SYSTEM !== 'off';
  return {
    mode,
    root,
    toolsDir,
    env,
    systemAllowed,
    failures: new Failures(join(toolsDir, 'failures.json'), `user ${process.getuid()}, system ${systemAllowed}`),
    say: (line) => console.log(`setup: ${line}`),
  };
}

function isReady(context) {
  const { failures } = context;
  const tools = [...missingSystemTools(context), ...missingPythonTools(context)];
  return areModulesInstalled(context) && isBuilt(context) && !tools.some((tool) => failures.mayRetry(tool));
}

async function makeReady(context) {
  const results = await Promise.allSettled([
    installModules(context).then(() => build(context)),
    // Python's tools may need packages of the system.
    installSystemTools(context).then(() => installPythonTools(context)),
  ]);
  const failed = results.find(({ status }) => status === 'rejected');
  if (failed) throw failed.reason;
}

function nameWhatIsMissing(context) {
  for (const tool of [...missingSystemTools(context), ...missingPythonTools(context)]) {
    const [why] = context.failures.reason(tool).split('\n');
    context.say(`there is no ${tool.name}: ${tool.without} (${why})`);
  }
}

async function main() {
  if (process.env.NEXUS_SETUP === 'off') return;
  const mode = process.argv[2];
  if (!MODES.includes(mode)) throw new Error(`say one of: ${MODES.join(', ')}`);
  const context = contextOf(mode);
  if (!isReady(context)) await withSetupLock(context, () => makeReady(context));
  writeToolsFile(context);
  nameWhatIsMissing(context);
}

main().catch((error) => {
  console.error(`setup: ${error.message}`);
  process.exitCode = 1;
});
