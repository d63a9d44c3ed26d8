import { mkdirSync, renameSync, rmSync, statSync, utimes, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { clearInterval, setInterval } from 'node:timers';
import { setTimeout as sleep } from 'node:timers/promises';
import { readText } from './stamps.mjs';

const POLL_MS = 200;
const HEARTBEAT_MS = 1_000;
/** A holder that has shown no life for so long is dead, whatever has its pid by now. */
const SILENT_MS = 15_000;

/**
 * One setup at a time in this tree: they share node_modules and dist. Whoever had to wait finds most things done and
 * only looks again.
 */
export async function withSetupLock({ root, say }, work) {
  const folder = join(root, '.nexus', 'setup.lock');
  await take(folder, say);
  const beat = () => utimes(folder, new Date(), new Date(), goOn);
  const heartbeat = setInterval(beat, HEARTBEAT_MS);
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** After a long sleep of the machine the lock may be somebody else's: no reason to stop in the middle. */
function goOn() {}

async function take(folder, say) {
  mkdirSync(join(folder, '..'), { recursive: true });
  let told;
  while (!tryMake(folder)) {
    const holder = readText(join(folder, 'pid'));
    if (isStale(folder, holder)) {
      removeStale(folder, holder);
      continue;
    }
    if (holder !== told) say(`waiting for another setup${holder && ` (process ${holder})`}`);
    told = holder;
    await sleep(POLL_MS);
  }
}

function tryMake(folder) {
  try {
    mkdirSync(folder);
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
  writeFileSync(join(folder, 'pid'), String(process.pid));
  return true;
}

function isStale(folder, holder) {
  const found = statSync(folder, { throwIfNoEntry: false });
  return (
    found !== undefined && (Date.now() - found.mtimeMs > SILENT_MS || (holder !== '' && !isRunning(Number(holder))))
  );
}

/** Renamed first, so that of several that find it stale one removes it, and a lock taken since then is put back. */
function removeStale(folder, holder) {
  const aside = `${folder}.${process.pid}`;
  try {
    renameSync(folder, aside);
  } catch (error) {
    if (error.code === 'ENOENT') return;
    throw error;
  }
  if (readText(join(aside, 'pid')) === holder) rmSync(aside, { recursive: true });
  else renameSync(aside, folder);
}

function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return pid !== process.pid;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
