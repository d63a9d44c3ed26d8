import { parseLine } from './line-protocol.js';

describe('parseLine', () => {
  it('reads progress, of which yt-dlp leaves out what it does not know', () => {
    const line =
      'NXP {"status": "downloading", "downloaded_bytes": 261120, "total_bytes": 2276717, "speed": 325595.79, "eta": 6, "elapsed": 1.006}';
    expect(parseLine(line)).toEqual({
      kind: 'progress',
      finished: false,
      downloadedBytes: 261_120,
      totalBytes: 2_276_717,
      announcedBytes: 2_276_717,
      bytesPerSecond: 325_595.79,
    });
    expect(
      parseLine('NXP {"status": "downloading", "downloaded_bytes": 835, "total_bytes_estimate": 900, "speed": null}'),
    ).toEqual({
      kind: 'progress',
      finished: false,
      downloadedBytes: 835,
      totalBytes: 900,
      announcedBytes: null,
      bytesPerSecond: null,
    });
    expect(parseLine('NXP {"status": "finished"}')).toEqual({
      kind: 'progress',
      finished: true,
      downloadedBytes: 0,
      totalBytes: null,
      announcedBytes: null,
      bytesPerSecond: null,
    });
  });

  it('reads what is known of the medium before and after a format was chosen', () => {
    expect(
      parseLine('NXI {"id": "ok", "title": "A \\"title\\"", "duration": 12.5, "live_status": "was_live"}'),
    ).toEqual({
      kind: 'info',
      title: 'A "title"',
      durationSec: 12.5,
      liveStatus: 'was_live',
      sizeBytes: null,
      hasSound: null,
      protocol: null,
    });
    expect(
      parseLine('NXI {"id": "m", "title": "m", "filesize_approx": 99, "protocol": "https+https", "width": 640}'),
    ).toMatchObject({ sizeBytes: 99, protocol: 'https+https' });
    expect(parseLine('NXI {"filesize": 100, "filesize_approx": 99}')).toMatchObject({ sizeBytes: 100 });
    expect(parseLine('NXI {"acodec": "opus"}')).toMatchObject({ hasSound: true });
    expect(parseLine('NXI {"acodec": "none"}')).toMatchObject({ hasSound: false });
  });

  it.each<[string, unknown]>([
    ['NXQ {"status": "started", "postprocessor": "Merger"}', { kind: 'processing', processor: 'Merger' }],
    ['NXF "/job/out/media \\u0444.mp4"', { kind: 'file', path: '/job/out/media ф.mp4' }],
    ['[download] Sleeping 4.00 seconds as required by the site...', { kind: 'sleep', seconds: 4 }],
    [
      '[download] File is larger than max-filesize (2276717 bytes > 1048576 bytes). Aborting.',
      { kind: 'tooLarge', bytes: 2_276_717 },
    ],
  ])('reads %s', (line, said) => {
    expect(parseLine(line)).toEqual(said);
  });

  it.each([
    '',
    'NXP',
    'NXP {"status": "downloa',
    'NXP null',
    'NXI 5',
    'NXF {"path": "/etc/passwd"}',
    'NXF ',
    '[youtube] dQw4w9WgXcQ: Downloading webpage',
    'Sleeping 1.00 seconds ...',
    ' NXF "/etc/passwd"',
  ])('makes nothing of %j', (line) => {
    expect(parseLine(line)).toBeNull();
  });
});
