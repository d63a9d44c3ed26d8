import { join } from 'node:path';
import type { Ffmpeg } from './ffmpeg.js';
import { containerAudio, containerFacts, containerVideo } from './ffprobe-output.js';
import type { MediaFacts, VideoFacts } from './media-facts.js';
import { mp4Layout } from './mp4-boxes.js';
import { parseRatio, type Ratio } from './ratio.js';
import { withTemporaryFolder } from './temporary-folder.js';

const EXTRACT_TIMEOUT_MS = 30_000;

/** @throws MediaError; `unreadable` when the file is not media */
export async function probe(ffmpeg: Ffmpeg, file: string, temporaryFolder: string): Promise<MediaFacts> {
  const output = await ffmpeg.inspect(file);
  const video = containerVideo(output);
  return {
    ...containerFacts(output),
    video: video && { ...video, bitstreamSar: await bitstreamSar(ffmpeg, file, video, temporaryFolder) },
    audio: containerAudio(output),
    ...(await mp4Layout(file)),
  };
}

/**
 * The pixel shape written into the stream itself. ffprobe shows only the container's where there are both, so the first
 * pictures are taken out of the container and looked at alone.
 */
async function bitstreamSar(
  ffmpeg: Ffmpeg,
  file: string,
  { codec, index }: Pick<VideoFacts, 'codec' | 'index'>,
  temporaryFolder: string,
): Promise<Ratio | null> {
  if (codec !== 'h264' && codec !== 'hevc') return null;
  return withTemporaryFolder(temporaryFolder, async (folder) => {
    const stream = join(folder, `stream.${codec}`);
    await ffmpeg.run({
      input: file,
      output: stream,
      args: ['-map', `0:${index}`, '-frames:v', '10', '-c', 'copy', '-f', codec],
      timeoutMs: EXTRACT_TIMEOUT_MS,
    });
    const { streams = [] } = await ffmpeg.inspect(stream);
    return parseRatio(streams[0]?.sample_aspect_ratio);
  });
}
