import { parseLine } from './line-protocol.js';

describe('parseLine', () => {
  it.each<[string, unknown]>([
    ['{"event": "ready", "version": "11.2.1"}', { event: 'ready', version: '11.2.1' }],
    [
      '{"event": "facts", "title": "t", "durationSec": 12, "sizeBytes": null, "width": 1280, "height": 720, "heights": [720, "x"]}',
      { event: 'facts', title: 't', durationSec: 12, sizeBytes: null, width: 1280, height: 720, heights: [720] },
    ],
    [
      '{"event": "facts"}',
      { event: 'facts', title: null, durationSec: null, sizeBytes: null, width: null, height: null, heights: [] },
    ],
    ['{"event": "progress", "bytes": 5, "totalBytes": null}', { event: 'progress', bytes: 5, totalBytes: null }],
    ['{"event": "merging"}', { event: 'merging' }],
    ['{"event": "file", "path": "/job/out/media.mp4"}', { event: 'file', path: '/job/out/media.mp4' }],
    [
      '{"event": "error", "name": "HTTPError", "message": "m", "stage": "bytes", "status": 429, "retryAfterSec": 9}',
      { event: 'error', name: 'HTTPError', message: 'm', stage: 'bytes', status: 429, retryAfterSec: 9 },
    ],
    [
      '{"event": "error"}',
      { event: 'error', name: 'Exception', message: '', stage: 'page', status: null, retryAfterSec: null },
    ],
    ['{"event": "of tomorrow"}', null],
    ['{"event": "progress", "byt', null],
    ['null', null],
    ['words', null],
  ])('reads %s', (line, said) => {
    expect(parseLine(line)).toEqual(said);
  });
});
