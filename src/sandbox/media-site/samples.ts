/** A sample made by ffmpeg when it is first asked for. */
export interface Recipe {
  title: string;
  /** What is special about it, for the menu of links to try. */
  what: string;
  /** Encoders that a trimmed ffmpeg may lack. */
  encoders?: readonly string[];
  /** Another sample to start from, in place of the test picture. */
  from?: string;
  picture?: { size: string; seconds: number };
  /** What follows the inputs on ffmpeg's command line. */
  output: readonly string[];
  /** Done to the finished file. */
  patch?: 'rotate90';
}

const X264 = ['-c:v', 'libx264', '-preset', 'veryfast', '-g', '50'];
const H264 = [...X264, '-pix_fmt', 'yuv420p'];
const AAC = ['-c:a', 'aac', '-b:a', '96k'];
const FASTSTART = ['-movflags', '+faststart'];
const COPY = ['-c', 'copy', ...FASTSTART];
const STILL = ['-frames:v', '1', '-update', '1', '-q:v', '3'];
const WHOLE_SEC = 8;
const SMALL = { size: '640x360', seconds: 3 };

export const RECIPES: Readonly<Record<string, Recipe>> = {
  'ok.mp4': {
    title: 'A good video',
    what: 'H.264 and AAC, 640×360, 8 s: plays everywhere, nothing to repair',
    picture: { size: '640x360', seconds: WHOLE_SEC },
    output: [...H264, '-b:v', '1300k', ...AAC, ...FASTSTART],
  },
  'sar-container.mp4': {
    title: 'Stretched by its container',
    what: 'the MP4 says 4:3, the H.264 inside says square pixels, the picture is square: looks squeezed in players',
    from: 'ok.mp4',
    output: ['-t', '3', '-aspect', '4:3', ...COPY],
  },
  'sar-bitstream.mp4': {
    title: 'Stretched by its bitstream',
    what: 'the H.264 inside says pixels are 16:9, the MP4 says square',
    from: 'ok.mp4',
    output: ['-t', '3', '-bsf:v', 'h264_metadata=sample_aspect_ratio=16/9', ...COPY],
  },
  'anamorphic.mp4': {
    title: 'Really anamorphic',
    what: '480×360 with pixels of 4:3, container and bitstream agree: meant to be seen as 640×360',
    picture: SMALL,
    output: ['-vf', 'scale=480:360,setsar=4/3', ...H264, ...AAC, ...FASTSTART],
  },
  'rotated.mp4': {
    title: 'Rotated by 90°',
    what: 'stored lying, shown standing: 360×640',
    from: 'ok.mp4',
    output: ['-t', '3', ...COPY],
    patch: 'rotate90',
  },
  'vertical.mp4': {
    title: 'Vertical',
    what: '360×640, as in Shorts and Reels',
    picture: { size: '360x640', seconds: 4 },
    output: [...H264, ...AAC, ...FASTSTART],
  },
  'hevc.mp4': {
    title: 'HEVC',
    what: 'H.265, which not every phone plays in Telegram',
    encoders: ['libx265'],
    picture: SMALL,
    output: [
      ...['-c:v', 'libx265', '-preset', 'ultrafast', '-x265-params', 'log-level=none', '-pix_fmt', 'yuv420p'],
      ...['-tag:v', 'hvc1', ...AAC, ...FASTSTART],
    ],
  },
  'vp9.webm': {
    title: 'VP9 in WebM',
    what: 'VP9 and Opus: iPhones play only the sound',
    encoders: ['libvpx-vp9', 'libopus'],
    picture: { size: '640x360', seconds: 2 },
    output: ['-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '8', '-b:v', '600k', '-c:a', 'libopus'],
  },
  'av1.mp4': {
    title: 'AV1',
    what: 'AV1 and AAC',
    encoders: ['libaom-av1'],
    picture: { size: '320x180', seconds: 2 },
    output: [
      ...['-c:v', 'libaom-av1', '-cpu-used', '8', '-usage', 'realtime', '-b:v', '300k', '-pix_fmt', 'yuv420p'],
      ...[...AAC, ...FASTSTART],
    ],
  },
  'tenbit.mp4': {
    title: '10-bit H.264',
    what: 'High 10: hardware decoders refuse it',
    picture: SMALL,
    output: [...X264, '-pix_fmt', 'yuv420p10le', ...AAC, ...FASTSTART],
  },
  'oddsize.mp4': {
    title: 'Odd size',
    what: '641×361 in 4:4:4',
    picture: SMALL,
    output: ['-vf', 'format=yuv444p,scale=641:361', ...X264, ...AAC, ...FASTSTART],
  },
  'moovlast.mp4': {
    title: 'Index at the end',
    what: 'moov after mdat: nothing plays before all of it is there',
    from: 'ok.mp4',
    output: ['-t', '3', '-c', 'copy'],
  },
  'noaudio.mp4': {
    title: 'No sound',
    what: 'a video track only',
    from: 'ok.mp4',
    output: ['-t', '3', '-an', ...COPY],
  },
  'opus.mp4': {
    title: 'Opus in MP4',
    what: 'H.264 with Opus sound, silent on some phones',
    encoders: ['libopus'],
    from: 'ok.mp4',
    output: ['-t', '3', '-c:v', 'copy', '-c:a', 'libopus', '-strict', '-2', ...FASTSTART],
  },
  'sound.m4a': {
    title: 'A sound',
    what: 'AAC in M4A, no picture',
    from: 'ok.mp4',
    output: ['-vn', ...COPY],
  },
  'sound.mp3': {
    title: 'A sound as MP3',
    what: 'no picture',
    encoders: ['libmp3lame'],
    from: 'ok.mp4',
    output: ['-vn', '-c:a', 'libmp3lame', '-b:a', '128k'],
  },
  'photo.jpg': {
    title: 'A photo',
    what: 'JPEG, 640×360',
    from: 'ok.mp4',
    output: STILL,
  },
  'photo-tall.jpg': {
    title: 'A tall photo',
    what: 'JPEG, 360×640',
    from: 'vertical.mp4',
    output: STILL,
  },
};

/** How long a sample plays, in seconds; what is no sample is made of the good video. */
export function secondsOf(name: string): number {
  const recipe = RECIPES[name];
  if (!recipe) return WHOLE_SEC;
  const cut = recipe.output.indexOf('-t');
  if (cut >= 0) return Number(recipe.output[cut + 1]);
  return recipe.picture?.seconds ?? secondsOf(recipe.from ?? '');
}
