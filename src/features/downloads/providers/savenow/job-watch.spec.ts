import { ManualClock } from '../../../../platform/clock/testing/manual-clock.js';
import { NetworkError } from '../../../../platform/http/index.js';
import { type ProviderCall, Waiting } from '../provider.js';
import { ScriptedHttp } from '../testing/scripted-http.js';
import { JobWatch } from './job-watch.js';
import type { Job } from './job.js';

const START = Date.UTC(2026, 10, 20, 12);
const JOB: Job = {
  progressUrl: 'https://p.savenow.to/api/progress?id=1',
  title: 'A film',
  priceFactor: 1,
  deadlineAt: new Date(START + 300_000).toISOString(),
  polls: 0,
  badPolls: 0,
  unclearPolls: 0,
};
const setup = { name: 'savenow', baseUrl: 'https://x.p.rapidapi.com', apiHost: 'x', apiKey: 'secret', options: {} };
const call = { setup, signal: new AbortController().signal } as ProviderCall;

const PENDING = { json: { success: 0, progress: 400, text: 'Downloading' } };
const UNCLEAR = { json: { success: 0, progress: 0, text: 'Wobbling' } };
const DONE = { json: { success: 1, progress: 1_000, download_url: 'https://n1.savenow.to//a.mp4' } };

/** What looking at it comes to, while it says that it is to be waited for and somebody waits. */
async function follow(http: ScriptedHttp, clock = new ManualClock(START), from = JOB) {
  const waits: Waiting[] = [];
  let job = from;
  for (;;) {
    try {
      return { waits, url: await new JobWatch(http, clock).look(job, call), error: null };
    } catch (error) {
      if (!(error instanceof Waiting)) return { waits, url: null, error };
      waits.push(error);
      job = error.resume as Job;
      clock.advance(error.afterMs);
    }
  }
}

describe('JobWatch', () => {
  it('waits 5 s between looks, and tells how far the job is', async () => {
    const http = new ScriptedHttp([PENDING, PENDING, DONE]);
    const { waits, url } = await follow(http);
    expect(url).toBe('https://n1.savenow.to//a.mp4');
    expect(waits.map(({ afterMs, ratio }) => [afterMs, ratio])).toEqual([
      [5_000, 0.4],
      [5_000, 0.4],
    ]);
    expect(waits.at(-1)?.resume).toEqual({ ...JOB, polls: 2 });
  });

  it('tells nobody there who we are', async () => {
    const http = new ScriptedHttp([DONE]);
    await follow(http);
    expect(http.requests).toHaveLength(1);
    expect(http.requests[0]).toMatchObject({ url: JOB.progressUrl });
    expect(Object.keys(http.requests[0]?.headers ?? {})).toEqual(['accept', 'user-agent']);
    expect(JSON.stringify(http.requests[0])).not.toContain('secret');
  });

  it('gives up after 5 minutes', async () => {
    const { waits, error } = await follow(new ScriptedHttp([PENDING]));
    expect(error).toMatchObject({ code: 'STALL', reportedBy: 'api' });
    expect(waits).toHaveLength(60);
  });

  it('bears 20 bad answers in a row, and waits longer and longer', async () => {
    const bad = [502, 503, 504, 520, 522, 524].map((status) => ({ status, text: '<html>' }));
    const lost = new NetworkError('connection_lost', 'p.savenow.to');
    const limited = { status: 429, json: { message: 'Too many requests' } };
    const burst = [...bad, lost, limited, ...bad, ...bad];
    expect(burst).toHaveLength(20);
    const { waits, url } = await follow(new ScriptedHttp([...burst, DONE]));
    expect(url).not.toBeNull();
    const times = waits.map(({ afterMs }) => afterMs);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect([times[0], times.at(-1)]).toEqual([5_500, 15_000]);
  });

  it('bears no more than these', async () => {
    const { waits, error } = await follow(new ScriptedHttp([{ status: 502 }]));
    expect(error).toMatchObject({ code: 'UPSTREAM_5XX', reportedBy: 'api' });
    expect(waits).toHaveLength(20);
  });

  it('forgets bad answers after a good one', async () => {
    const http = new ScriptedHttp([{ status: 502 }, PENDING, { status: 502 }, DONE]);
    const { waits } = await follow(http);
    expect(waits.map(({ resume }) => resume.badPolls)).toEqual([1, 0, 1]);
  });

  it('looks three times at what it does not know', async () => {
    const { waits, error } = await follow(new ScriptedHttp([UNCLEAR]));
    expect(error).toMatchObject({ code: 'PROVIDER_BUG', message: 'p.savenow.to: Wobbling' });
    expect(waits).toHaveLength(2);
    expect(await follow(new ScriptedHttp([UNCLEAR, UNCLEAR, PENDING, UNCLEAR, DONE]))).toMatchObject({ error: null });
  });

  it.each([
    [{ json: { success: 0, progress: 0, text: 'Video unavailable' } }, 'CONTENT_GONE'],
    [{ json: { success: 0, progress: 300, text: 'Error' } }, 'PROVIDER_BUG'],
    [{ json: { success: 0, error: 'This video is private' } }, 'CONTENT_PRIVATE'],
    [{ status: 302, headers: { location: 'http://169.254.169.254/' } }, 'PROVIDER_BUG'],
    [{ status: 401 }, 'HTTP_401'],
    [{ status: 403 }, 'HTTP_403'],
    [{ status: 404 }, 'PROVIDER_BUG'],
    [{ text: '<html>' }, 'PROVIDER_BUG'],
  ])('takes %j for final: %s', async (answer, code) => {
    const { waits, error } = await follow(new ScriptedHttp([answer]));
    expect(error).toMatchObject({ code, reportedBy: 'api' });
    expect(waits).toEqual([]);
  });
});
