#!/usr/bin/env node
/** Stands in for the Python that runs pytubefix: speaks the lines of its runner. */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { fetchThrough, hang, replayOf, TunnelError } from './replay.mjs';

const [, , , option, file] = process.argv;
const say = (event, values) => process.stdout.write(`${JSON.stringify({ event, ...values })}\n`);

function fail(failure) {
  say('error', { stage: 'page', status: null, retryAfterSec: null, ...failure });
  process.exitCode = 1;
}

function tellFacts({ durationSec = null }) {
  say('facts', { title: 'A video', durationSec, sizeBytes: null, width: 640, height: 360, heights: [360] });
}

async function download({ fails, stalls, url, ...facts }, { proxy, out }) {
  if (fails) {
    fail(fails);
    return;
  }
  tellFacts(facts);
  say('progress', { bytes: 1_024, totalBytes: null });
  if (stalls) {
    hang();
    return;
  }
  const path = join(out, 'media.mp4');
  await fetchThrough(proxy, url, path);
  const { size: bytes } = statSync(path);
  say('progress', { bytes, totalBytes: bytes });
  say('file', { path });
}

async function run(request) {
  const replay = replayOf('pytubefix', request.url);
  if (request.task === 'download') await download(replay, request);
  else if (replay.failsToTell) fail(replay.failsToTell);
  else tellFacts(replay);
}

if (option === '--check') say('ready', { version: '11.2.1' });
else {
  await run(JSON.parse(readFileSync(file, 'utf8'))).catch(({ message, ...error }) => {
    fail({ name: error instanceof TunnelError ? 'OSError' : 'Exception', message });
  });
}
