import { execFile } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { mediaPrograms } from './tools.js';
import type { World } from './world.js';

const run = promisify(execFile);

interface Stream {
  codec_type: string;
  codec_name: string;
  pix_fmt?: string;
  width?: number;
  height?: number;
  sample_aspect_ratio?: string;
  side_data_list?: { rotation?: number }[];
}

export interface VideoFile {
  path: string;
  format: string;
  video: string | undefined;
  pixels: string | undefined;
  audio: string | undefined;
  durationSec: number;
  /** As a viewer sees it. */
  width: number;
  height: number;
  /** Players can begin before they have all of it. */
  isIndexInFront: boolean;
}

/** Takes back a file that the bot has sent, and looks at it without the help of what has made it. */
export async function sentFile(world: World, fileUniqueId: string): Promise<VideoFile> {
  const path = join(world.folder, fileUniqueId);
  const response = await fetch(`${world.apiRoot}/control/files/${fileUniqueId}`);
  if (!response.ok || !response.body) throw new Error(`There is no file ${fileUniqueId}`);
  await pipeline(Readable.fromWeb(response.body), createWriteStream(path));
  return describeFile(path);
}

/** Reads all of it. @returns what the decoder complained about */
export async function play(path: string): Promise<string> {
  const { stderr } = await run(mediaPrograms.ffmpeg, ['-v', 'error', '-xerror', '-i', path, '-f', 'null', '-']);
  return stderr;
}

async function describeFile(path: string): Promise<VideoFile> {
  const show = ['-v', 'error', '-print_format', 'json', '-show_streams', '-show_format'];
  const { stdout } = await run(mediaPrograms.ffprobe, [...show, path]);
  const { streams, format } = JSON.parse(stdout) as {
    streams: Stream[];
    format: { format_name: string; duration: string };
  };
  const video = streams.find(({ codec_type: type }) => type === 'video');
  return {
    path,
    format: format.format_name,
    video: video?.codec_name,
    pixels: video?.pix_fmt,
    audio: streams.find(({ codec_type: type }) => type === 'audio')?.codec_name,
    durationSec: Number(format.duration),
    ...displaySize(video),
    isIndexInFront: (await topLevelBoxes(path)).find((box) => box === 'moov' || box === 'mdat') === 'moov',
  };
}

function displaySize(video?: Stream): { width: number; height: number } {
  const { width = 0, height = 0, sample_aspect_ratio: ratio, side_data_list: sideData } = video ?? {};
  const [across = 1, down = 1] = (ratio ?? '1:1').split(':').map(Number);
  const shown = { width: Math.round((width * across) / down), height };
  const rotation = sideData?.find((data) => data.rotation !== undefined)?.rotation ?? 0;
  return rotation % 180 === 0 ? shown : { width: shown.height, height: shown.width };
}

/** Names of the boxes of an MP4, in their order. */
async function topLevelBoxes(path: string): Promise<string[]> {
  const names: string[] = [];
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const header = Buffer.alloc(16);
    for (let at = 0; at + 8 <= size;) {
      await file.read(header, 0, header.length, at);
      names.push(header.toString('latin1', 4, 8));
      const length = header.readUInt32BE(0);
      if (length === 0) break;
      at += length === 1 ? Number(header.readBigUInt64BE(8)) : length;
    }
    return names;
  } finally {
    await file.close();
  }
}
