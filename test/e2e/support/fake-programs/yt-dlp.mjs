#!/usr/bin/env node
/** Stands in for yt-dlp 2026.08.19: understands what Nexus asks of it, and says what the real one was heard to say. */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { fetchThrough, hang, replayOf, TunnelError } from './replay.mjs';

const HEADER = `[debug] yt-dlp version stable@2026.08.19 from yt-dlp/yt-dlp [594bd50c2] (pip)
[debug] exe versions: ffmpeg 5.1.9-0 (setts), ffprobe 5.1.9-0
[debug] Optional libraries: brotli-1.2.1, curl_cffi-0.16.3, requests-2.34.2, yt_dlp_ejs-0.8.0
[debug] JS runtimes: deno-2.9.6
[debug] Request Handlers: urllib, requests, websockets, curl_cffi
yt-dlp: error: You must provide at least one URL.`;

const args = process.argv.slice(2);
const valueOf = (option, starts = '') =>
  args.find((each, index) => args[index - 1] === option && each.startsWith(starts))?.slice(starts.length);
const say = (line) => process.stdout.write(`${line}\n`);

function fail(words) {
  process.stderr.write(`${words}\n`);
  process.exitCode = 1;
}

/** A download may begin with what a probe has printed. */
function videoOf() {
  const infoFile = valueOf('--load-info-json');
  const url = infoFile === undefined ? args.at(-1) : JSON.parse(readFileSync(infoFile, 'utf8')).webpage_url;
  const replay = replayOf('yt-dlp', url);
  const id = /[\w-]{11}$/.exec(url)?.[0] ?? 'unknown';
  const info = { id, title: `Video ${id}`, duration: replay.durationSec, webpage_url: url, extractor_key: 'Youtube' };
  return { replay, info };
}

function probe() {
  const { replay, info } = videoOf();
  if (replay.failsToTell === undefined) say(JSON.stringify(info));
  else fail(replay.failsToTell);
}

async function download() {
  const { replay, info } = videoOf();
  if (replay.fails !== undefined) {
    fail(replay.fails);
    return;
  }
  say(`NXI ${JSON.stringify(info)}`);
  say(`NXP ${JSON.stringify({ status: 'downloading', downloaded_bytes: 1_024, total_bytes: 1_000_000 })}`);
  if (replay.stalls) {
    hang();
    return;
  }
  const path = join(valueOf('-P', 'home:'), 'media.mp4');
  await fetchThrough(valueOf('--proxy'), replay.url, path);
  const bytes = statSync(path).size;
  say(`NXP ${JSON.stringify({ status: 'finished', downloaded_bytes: bytes, total_bytes: bytes })}`);
  say(`NXF ${JSON.stringify(path)}`);
}

if (args.includes('--version')) say('2026.08.19');
else if (args.includes('--verbose')) fail(HEADER);
else if (args.includes('-J')) probe();
else {
  await download().catch((error) => {
    const words =
      error instanceof TunnelError ? `('Unable to connect to proxy', OSError('${error.message}'))` : error.message;
    const cause = error instanceof TunnelError ? ` (caused by ProxyError("${words}"))` : '';
    fail(`ERROR: [youtube] ${videoOf().info.id}: Unable to download API page: ${words}${cause}`);
  });
}
