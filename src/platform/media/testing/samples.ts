import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

const picture = (size: string): string[] => ['-f', 'lavfi', '-i', `testsrc2=size=${size}:rate=25:duration=2`];
const SOUND = ['-f', 'lavfi', '-i', 'sine=frequency=440:duration=2'];
const H264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p'];
const HEVC = ['-c:v', 'libx265', '-preset', 'ultrafast', '-x265-params', 'log-level=none'];
const VP9 = ['-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '8'];
const AAC = ['-c:a', 'aac', '-b:a', '64k'];
const FASTSTART = ['-movflags', '+faststart'];
const WIDE = [...picture('320x180'), ...SOUND];
const BOX = [...picture('360x360'), ...SOUND];

interface Recipe {
  file: string;
  /** May name files made by the recipes before it. */
  args: string[];
}

/** Two seconds each, in the ways that videos of the world differ. */
const RECIPES = {
  plain: { file: 'plain.mp4', args: [...WIDE, ...H264, ...AAC, ...FASTSTART, '-metadata', 'title=A plain one'] },
  indexLast: { file: 'index-last.mp4', args: ['-i', 'plain.mp4', '-c', 'copy'] },
  silent: { file: 'silent.mp4', args: [...picture('320x180'), ...H264, ...FASTSTART] },
  rotated: {
    file: 'rotated.mp4',
    args: ['-i', 'plain.mp4', '-c', 'copy', '-metadata:s:v', 'rotate=90', ...FASTSTART],
  },
  box: { file: 'box.mp4', args: [...BOX, ...H264, ...AAC, ...FASTSTART] },
  anamorphic: { file: 'anamorphic.mp4', args: [...BOX, '-vf', 'setsar=16/9', ...H264, ...AAC, ...FASTSTART] },
  anamorphicInContainer: {
    file: 'anamorphic-in-container.mp4',
    args: ['-i', 'box.mp4', '-c', 'copy', '-aspect', '16:9', ...FASTSTART],
  },
  anamorphicInBitstream: {
    file: 'anamorphic-in-bitstream.mp4',
    args: ['-i', 'box.mp4', '-c', 'copy', '-bsf:v', 'h264_metadata=sample_aspect_ratio=16/9', ...FASTSTART],
  },
  matroska: { file: 'matroska.mkv', args: ['-i', 'plain.mp4', '-c', 'copy'] },
  quicktime: { file: 'quicktime.mov', args: ['-i', 'plain.mp4', '-c', 'copy', ...FASTSTART] },
  opusInMp4: { file: 'opus.mp4', args: [...WIDE, ...H264, '-c:a', 'libopus', ...FASTSTART] },
  opusInMatroska: { file: 'opus.mkv', args: ['-i', 'opus.mp4', '-c', 'copy'] },
  hevc: { file: 'hevc.mp4', args: [...WIDE, ...HEVC, '-tag:v', 'hev1', ...AAC, ...FASTSTART] },
  hevcMislabelled: {
    file: 'hevc-mislabelled.mp4',
    args: ['-i', 'hevc.mp4', '-c', 'copy', '-aspect', '1:1', ...FASTSTART],
  },
  hdr: {
    file: 'hdr.mp4',
    args: [
      ...[...WIDE, ...HEVC, '-pix_fmt', 'yuv420p10le', ...AAC, ...FASTSTART],
      ...['-color_trc', 'smpte2084', '-color_primaries', 'bt2020', '-colorspace', 'bt2020nc'],
    ],
  },
  tenBit: { file: 'ten-bit.mp4', args: [...WIDE, ...H264, '-pix_fmt', 'yuv420p10le', ...AAC, ...FASTSTART] },
  odd: {
    file: 'odd.mp4',
    args: [...WIDE, ...H264, '-vf', 'scale=321:181', '-pix_fmt', 'yuv444p', ...AAC, ...FASTSTART],
  },
  vp9: { file: 'vp9.webm', args: [...WIDE, ...VP9, '-c:a', 'libopus'] },
  vp9Odd: { file: 'vp9-odd.webm', args: [...WIDE, '-vf', 'scale=321:181', ...VP9, '-c:a', 'libopus'] },
  cover: { file: 'cover.jpg', args: [...picture('64x64'), '-frames:v', '1', '-f', 'image2', '-update', '1'] },
  withCover: {
    file: 'with-cover.mp4',
    args: [
      ...['-i', 'cover.jpg', '-i', 'plain.mp4', '-map', '0', '-map', '1', '-c', 'copy'],
      ...['-disposition:v:0', 'attached_pic', ...FASTSTART],
    ],
  },
  av1: { file: 'av1.mp4', args: [...WIDE, '-c:v', 'libsvtav1', ...AAC, ...FASTSTART] },
} satisfies Record<string, Recipe>;

export type SampleName = keyof typeof RECIPES;

/** A folder of videos to test with. */
export class Samples {
  private constructor(readonly folder: string) {}

  /** Makes all of them; one that this build of ffmpeg has no encoder for is not there. */
  static async make(): Promise<Samples> {
    const samples = new Samples(await mkdtemp(join(tmpdir(), 'samples-')));
    const { stdout: encoders } = await run('ffmpeg', ['-hide_banner', '-v', 'error', '-encoders']);
    for (const { file, args } of Object.values<Recipe>(RECIPES)) {
      if (args.includes('libsvtav1') && !encoders.includes('libsvtav1')) continue;
      const quiet = ['-nostdin', '-hide_banner', '-v', 'error', '-y'];
      await run('ffmpeg', [...quiet, ...args, file], { cwd: samples.folder });
    }
    return samples;
  }

  path(name: SampleName): string {
    return join(this.folder, RECIPES[name].file);
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}
