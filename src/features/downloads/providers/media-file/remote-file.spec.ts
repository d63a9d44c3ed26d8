import { contentRange, describeFile } from './remote-file.js';

const describe206 = (headers: Record<string, string>) =>
  describeFile({ status: 206, headers, url: 'https://cdn.example/a/video.mp4?x=1' });

describe('describeFile', () => {
  it('knows the size and that there are parts from a partial answer', () => {
    const headers = {
      'content-range': 'bytes 0-999/1000',
      'content-length': '1000',
      etag: '"abc"',
      'content-type': 'Video/MP4; codecs=x',
    };
    expect(describe206(headers)).toEqual({
      totalBytes: 1_000,
      hasRanges: true,
      validator: '"abc"',
      contentType: 'video/mp4',
      title: 'video',
    });
  });

  it('expects no parts where the whole file is given', () => {
    const response = {
      status: 200,
      headers: { 'content-length': '1000', 'accept-ranges': 'bytes' },
      url: 'https://a/b',
    };
    expect(describeFile(response)).toMatchObject({ totalBytes: 1_000, hasRanges: false, validator: null });
  });

  it.each<[Record<string, string>, number | null, boolean]>([
    [{ 'content-range': 'bytes 0-999/*' }, null, false],
    [{ 'content-range': 'bytes 5-999/1000' }, 1_000, false],
    [{ 'content-length': '1000' }, null, false],
    [{ 'content-range': 'nonsense' }, null, false],
  ])('does not believe half a partial answer: %j', (headers, totalBytes, hasRanges) => {
    expect(describe206(headers)).toMatchObject({ totalBytes, hasRanges });
  });

  it.each<[Record<string, string>, string | null]>([
    [{ etag: 'W/"weak"' }, null],
    [{ etag: 'W/"weak"', 'last-modified': 'Thu, 01 Jan 2026 00:00:00 GMT' }, 'Thu, 01 Jan 2026 00:00:00 GMT'],
    [{ etag: '"strong"', 'last-modified': 'Thu, 01 Jan 2026 00:00:00 GMT' }, '"strong"'],
  ])('tells versions apart by %j', (headers, validator) => {
    expect(describe206(headers).validator).toBe(validator);
  });

  it.each<[string, string, string | null]>([
    ['https://a.example/My%20video.mp4', '', 'My video'],
    ['https://a.example/%D0%BA%D0%BE%D1%82.mp4', '', 'кот'],
    ['https://a.example/100%.mp4', '', '100%'],
    ['https://a.example/', '', null],
    ['https://a.example/get?id=1', 'attachment; filename="A film.mp4"', 'A film'],
    ['https://a.example/get', 'attachment; filename=film.mp4; size=3', 'film'],
    ['https://a.example/get', `attachment; filename="x.mp4"; filename*=UTF-8''%D0%BA%D0%BE%D1%82.mp4`, 'кот'],
    ['https://a.example/get', 'attachment; filename="../../etc/passwd"', 'passwd'],
    ['https://a.example/get', 'inline', 'get'],
  ])('calls %s with %j %j', (url, disposition, title) => {
    expect(describeFile({ status: 200, headers: { 'content-disposition': disposition }, url }).title).toBe(title);
  });
});

describe('contentRange', () => {
  it.each([
    ['bytes 10-19/100', { from: 10, total: 100 }],
    ['bytes 10-19/*', { from: 10, total: null }],
    ['bytes */100', null],
    ['', null],
  ])('reads %j', (header, range) => {
    expect(contentRange({ headers: { 'content-range': header } })).toEqual(range);
  });
});
