import { readFacts } from './facts.js';

const facts = (info: object) => readFacts(JSON.stringify(info));

describe('readFacts', () => {
  it('knows nothing of a file on an unknown site', () => {
    expect(facts({ _type: 'video', id: 'ok', title: 'ok', live_status: null })).toEqual({
      title: 'ok',
      durationSec: null,
      sizeBytes: null,
      width: null,
      height: null,
      isLive: false,
      ageLimit: null,
    });
  });

  it('adds up the sizes of picture and sound, known or estimated', () => {
    const requested_formats = [
      { filesize: 1_000, filesize_approx: 5, tbr: 1 },
      { filesize: null, filesize_approx: 200 },
      { tbr: 8 },
    ];
    expect(
      facts({ title: 't', duration: 10, width: 1280, height: 720, age_limit: 18, requested_formats }),
    ).toMatchObject({
      durationSec: 10,
      sizeBytes: 1_000 + 200 + 10_000,
      width: 1280,
      height: 720,
      ageLimit: 18,
    });
  });

  it('tells which heights there are, of upright pictures the shorter side', () => {
    const formats = [
      { vcodec: 'none', acodec: 'mp4a.40.2' },
      { vcodec: 'none', width: 160, height: 90 },
      { vcodec: 'avc1.4d401f', width: 640, height: 360 },
      { vcodec: 'avc1.64001f', width: 1280, height: 720 },
      { vcodec: 'vp9', width: 1280, height: 720 },
      { vcodec: 'vp9', width: 1080, height: 1920 },
      { vcodec: 'vp9', height: 480 },
      {},
    ];
    expect(facts({ title: 't', formats }).heights).toEqual([1080, 720, 480, 360]);
    expect(facts({ title: 't', formats: [{ vcodec: 'none' }] })).not.toHaveProperty('heights');
  });

  it('has no size when a part of it is unknown', () => {
    expect(facts({ title: 't', requested_formats: [{ filesize: 1_000 }, { tbr: 8 }] }).sizeBytes).toBeNull();
  });

  it.each([
    [{ is_live: true }, true],
    [{ live_status: 'is_live' }, true],
    [{ live_status: 'is_upcoming' }, true],
    [{ live_status: 'post_live' }, true],
    [{ live_status: 'was_live' }, false],
    [{ live_status: 'not_live' }, false],
    [{}, false],
  ])('tells a live one: %j', (info, isLive) => {
    expect(facts(info).isLive).toBe(isLive);
  });

  it('takes the first medium of a page', () => {
    expect(facts({ _type: 'playlist', entries: [{ title: 'first' }, { title: 'second' }] }).title).toBe('first');
  });

  it.each<[string, string]>([
    ['null', 'PROVIDER_BUG'],
    ['', 'PROVIDER_BUG'],
    ['{"title": "cut of', 'PROVIDER_BUG'],
    ['{"_type": "playlist", "entries": []}', 'NO_FORMAT'],
  ])('refuses %j', (printed, code) => {
    expect(() => readFacts(printed)).toThrow(expect.objectContaining({ code }));
  });
});
