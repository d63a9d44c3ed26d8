/** What both fake programs do: look up what they are to replay, and fetch through the proxy that they were given. */
import { Buffer } from 'node:buffer';
import { createWriteStream, readFileSync } from 'node:fs';
import http from 'node:http';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { setInterval } from 'node:timers';
import { URL } from 'node:url';

/** Written by `FakePrograms`, again and again while we run. */
const REPLAYS = join(import.meta.dirname, 'replays.json');

/** @returns what `program` is to do with a link: what is told of its video, else what is told of all */
export function replayOf(program, url) {
  const { [program]: replays = {} } = JSON.parse(readFileSync(REPLAYS, 'utf8'));
  const id = Object.keys(replays).find((each) => url.includes(each));
  return { ...replays['*'], ...(id === undefined ? {} : replays[id]) };
}

/** What the real ones do when a site is silent. */
export function hang() {
  setInterval(() => undefined, 1_000);
}

/** Fetches by CONNECT, as from a site that speaks TLS. @throws TunnelError when nobody got through */
export async function fetchThrough(proxyUrl, url, path) {
  const socket = await tunnel(new URL(proxyUrl), new URL(url).host);
  const response = await new Promise((resolve, reject) => {
    http
      .get(url, { createConnection: () => socket })
      .once('response', resolve)
      .once('error', reject);
  });
  await pipeline(response, createWriteStream(path));
}

export class TunnelError extends Error {}

function tunnel({ hostname, port, username, password }, authority) {
  const credentials = Buffer.from(`${username}:${password}`).toString('base64');
  const headers = { 'proxy-authorization': `Basic ${credentials}` };
  const request = http.request({ host: hostname, port, method: 'CONNECT', path: authority, headers });
  return new Promise((resolve, reject) => {
    request.once('error', reject);
    request.once('connect', ({ statusCode, statusMessage }, socket) => {
      if (statusCode === 200) resolve(socket);
      else reject(new TunnelError(`Tunnel connection failed: ${statusCode} ${statusMessage}`));
    });
    request.end();
  });
}
