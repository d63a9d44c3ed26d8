import { containerAudio, containerFacts, containerVideo, type FfprobeStream } from './ffprobe-output.js';

const stream = (more: Partial<FfprobeStream> = {}): FfprobeStream => ({
  index: 0,
  codec_type: 'video',
  codec_name: 'h264',
  width: 1280,
  height: 720,
  ...more,
});
const video = (more: Partial<FfprobeStream>) => containerVideo({ streams: [stream(more)] });

describe('containerVideo', () => {
  it.each([
    [{}, 1280, 720],
    [{ sample_aspect_ratio: '0:1' }, 1280, 720],
    [{ sample_aspect_ratio: 'N/A' }, 1280, 720],
    [{ width: 720, height: 576, sample_aspect_ratio: '64:45' }, 1024, 576],
    [{ side_data_list: [{}, { rotation: -90 }] }, 720, 1280],
    [{ side_data_list: [{ rotation: 180 }] }, 1280, 720],
    [{ tags: { rotate: '270' } }, 720, 1280],
    [{ width: 720, height: 576, sample_aspect_ratio: '64:45', side_data_list: [{ rotation: 90 }] }, 576, 1024],
    [{ width: 641, height: 361 }, 642, 362],
  ] as [Partial<FfprobeStream>, number, number][])('%j is seen as %d×%d', (more, displayWidth, displayHeight) => {
    expect(video(more)).toMatchObject({ displayWidth, displayHeight });
  });

  it.each([
    [90, 90],
    [-90, 270],
    [-180, 180],
    [450, 90],
    [89.9, 90],
  ])('a turn by %d is one by %d', (rotation, expected) => {
    expect(video({ side_data_list: [{ rotation }] })?.rotation).toBe(expected);
  });

  it('passes over cover art', () => {
    const cover = stream({ codec_name: 'mjpeg', disposition: { attached_pic: 1 } });
    expect(containerVideo({ streams: [cover, stream({ index: 2 })] })?.index).toBe(2);
    expect(containerVideo({ streams: [cover] })).toBeNull();
  });

  it('knows the rate of pictures, or that it does not', () => {
    expect(video({ avg_frame_rate: '30000/1001' })?.fps).toBeCloseTo(29.97);
    expect(video({ avg_frame_rate: '0/0', r_frame_rate: '25/1' })?.fps).toBe(25);
    expect(video({ avg_frame_rate: '0/0' })?.fps).toBeNull();
  });

  it('takes «unknown» for not known', () => {
    expect(video({ profile: 'unknown', color_transfer: 'unknown' })).toMatchObject({
      profile: null,
      colorTransfer: null,
      pixFmt: null,
    });
  });
});

describe('containerAudio and containerFacts', () => {
  it('reads the first sound', () => {
    const streams: FfprobeStream[] = [stream(), { index: 1, codec_type: 'audio', codec_name: 'opus', channels: 2 }];
    expect(containerAudio({ streams })).toEqual({ index: 1, codec: 'opus', channels: 2 });
    expect(containerAudio({ streams: [stream()] })).toBeNull();
  });

  it('reads the file, with tags in either case', () => {
    const format = { format_name: 'matroska,webm', duration: '12.5', size: '1000', tags: { TITLE: 'T' } };
    expect(containerFacts({ format })).toEqual({
      durationSec: 12.5,
      sizeBytes: 1000,
      formatName: 'matroska,webm',
      majorBrand: null,
      title: 'T',
    });
  });

  it('knows no duration where there is none', () => {
    expect(containerFacts({ format: { duration: 'N/A' } }).durationSec).toBeNull();
  });
});
