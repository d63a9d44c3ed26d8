import type { AudioFacts, MediaFacts, VideoFacts } from './media-facts.js';
import { even, parseRatio, type Ratio, valueOf } from './ratio.js';

/** The part of `ffprobe -print_format json -show_streams -show_format` that is read here. */
export interface FfprobeOutput {
  streams?: FfprobeStream[];
  format?: {
    format_name?: string;
    duration?: string;
    size?: string;
    tags?: Record<string, string>;
  };
}

export interface FfprobeStream {
  index: number;
  codec_type?: string;
  codec_name?: string;
  codec_tag_string?: string;
  profile?: string;
  pix_fmt?: string;
  width?: number;
  height?: number;
  sample_aspect_ratio?: string;
  avg_frame_rate?: string;
  r_frame_rate?: string;
  color_transfer?: string;
  channels?: number;
  duration?: string;
  disposition?: { attached_pic?: number };
  side_data_list?: { rotation?: number }[];
  tags?: Record<string, string>;
}

/** The picture as the container describes it; what the elementary stream says is read apart. */
export function containerVideo(output: FfprobeOutput): Omit<VideoFacts, 'bitstreamSar'> | null {
  const stream = output.streams?.find((each) => each.codec_type === 'video' && each.disposition?.attached_pic !== 1);
  if (!stream) return null;
  const { width = 0, height = 0 } = stream;
  const sar = parseRatio(stream.sample_aspect_ratio);
  const rotation = rotationOf(stream);
  const [displayWidth, displayHeight] = displaySize({ width, height, sar, rotation });
  return {
    index: stream.index,
    codec: stream.codec_name ?? 'unknown',
    codecTag: stream.codec_tag_string ?? '',
    profile: known(stream.profile),
    pixFmt: known(stream.pix_fmt),
    width,
    height,
    sar,
    rotation,
    displayWidth,
    displayHeight,
    colorTransfer: known(stream.color_transfer),
    fps: parseRate(stream.avg_frame_rate) ?? parseRate(stream.r_frame_rate),
  };
}

export function containerAudio(output: FfprobeOutput): AudioFacts | null {
  const stream = output.streams?.find((each) => each.codec_type === 'audio');
  if (!stream) return null;
  return { index: stream.index, codec: stream.codec_name ?? 'unknown', channels: stream.channels ?? 0 };
}

export function containerFacts(
  output: FfprobeOutput,
): Pick<MediaFacts, 'durationSec' | 'sizeBytes' | 'formatName' | 'majorBrand' | 'title'> {
  const { format } = output;
  return {
    durationSec: positive(format?.duration),
    sizeBytes: Number(format?.size ?? 0),
    formatName: format?.format_name ?? '',
    majorBrand: tag(format?.tags, 'major_brand'),
    title: tag(format?.tags, 'title'),
  };
}

interface Shape {
  width: number;
  height: number;
  sar: Ratio;
  rotation: number;
}

/** [width, height] as a viewer sees them, even numbers. */
export function displaySize({ width, height, sar, rotation }: Shape): [number, number] {
  const size: [number, number] = [even(width * valueOf(sar)), even(height)];
  return rotation % 180 === 0 ? size : [size[1], size[0]];
}

function rotationOf({ side_data_list: sideData, tags }: FfprobeStream): number {
  const degrees = sideData?.find((each) => each.rotation !== undefined)?.rotation ?? Number(tag(tags, 'rotate') ?? 0);
  const quarters = Math.round(degrees / 90);
  return (((quarters % 4) + 4) % 4) * 90;
}

function parseRate(text = ''): number | null {
  const [num = 0, den = 0] = text.split('/').map(Number);
  return num > 0 && den > 0 ? num / den : null;
}

function positive(text: string | undefined): number | null {
  const value = Number(text);
  return value > 0 ? value : null;
}

function known(text: string | undefined): string | null {
  return text === undefined || text === '' || text === 'unknown' ? null : text;
}

/** Tags are spelled in upper case in Matroska. */
function tag(tags: Record<string, string> | undefined, name: string): string | null {
  return tags?.[name] ?? tags?.[name.toUpperCase()] ?? null;
}
