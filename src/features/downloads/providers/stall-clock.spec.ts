import { ManualClock } from '../../../platform/clock/testing/manual-clock.js';
import { StallClock } from './stall-clock.js';

const STALL_MS = 30_000;

function start(output: () => string = () => '') {
  const clock = new ManualClock();
  const stallClock = new StallClock(clock, STALL_MS, () => Promise.resolve(output()));
  const ending = new AbortController();
  const finishing = new AbortController();
  const finished = finishing.signal;
  let stalledAfter: number | null = null;
  let seconds = 0;
  const work = (signal: AbortSignal) =>
    new Promise<string>((resolve) => {
      signal.addEventListener('abort', () => {
        resolve('aborted');
      });
      finished.addEventListener('abort', () => {
        resolve('done');
      });
    });
  const guarded = stallClock.guard(ending.signal, work);
  guarded.catch(() => (stalledAfter = seconds));
  /** Lets time pass second by second, as the watch looks every second. */
  const pass = async (count: number): Promise<number | null> => {
    for (let i = 0; i < count && stalledAfter === null; i++) {
      seconds++;
      clock.advance(1_000);
      for (let turn = 0; turn < 10; turn++) await Promise.resolve();
    }
    return stalledAfter;
  };
  return {
    stallClock,
    pass,
    ending,
    guarded,
    finish: () => {
      finishing.abort();
    },
  };
}

describe('StallClock', () => {
  it('gives an extraction a minute', async () => {
    const { pass } = start();
    expect(await pass(59)).toBeNull();
    expect(await pass(5)).toBe(60);
  });

  it('gives a download the stall time from its beginning, however long the extraction took', async () => {
    const { stallClock, pass } = start();
    await pass(50);
    stallClock.downloading(0);
    expect(await pass(29)).toBeNull();
    expect(await pass(5)).toBe(80);
  });

  it('counts new bytes, not lines', async () => {
    const { stallClock, pass } = start();
    for (let bytes = 1; bytes <= 5; bytes++) {
      stallClock.downloading(bytes);
      expect(await pass(20)).toBeNull();
    }
    stallClock.downloading(5);
    expect(await pass(9)).toBeNull();
    stallClock.downloading(5);
    expect(await pass(5)).toBe(110);
  });

  it('waits for a sleep that the site asked for, and ten seconds more', async () => {
    const { stallClock, pass } = start();
    stallClock.downloading(0);
    stallClock.sleeping(100);
    expect(await pass(109)).toBeNull();
    expect(await pass(5)).toBe(110);
  });

  it('is not shortened by a short sleep', async () => {
    const { stallClock, pass } = start();
    stallClock.downloading(0);
    stallClock.sleeping(4);
    expect(await pass(29)).toBeNull();
    expect(await pass(5)).toBe(30);
  });

  it('lets processing go on while its files change', async () => {
    let size = 0;
    let growing = true;
    const { stallClock, pass } = start(() => String(growing ? ++size : size));
    stallClock.downloading(10);
    stallClock.processing('Merger');
    expect(await pass(300)).toBeNull();
    growing = false;
    expect(await pass(29)).toBeNull();
    expect(await pass(5)).not.toBeNull();
  });

  it('aborts what hangs, and says that it did', async () => {
    const { pass, guarded } = start();
    await pass(61);
    await expect(guarded).rejects.toMatchObject({ code: 'STALL', message: 'nothing new came while extracting' });
  });

  it('hands out the result of what ends by itself', async () => {
    const { guarded, finish } = start();
    finish();
    await expect(guarded).resolves.toBe('done');
  });

  it('throws the reason of its signal, whatever the work made of it', async () => {
    const { ending, guarded } = start();
    const reason = new Error('enough');
    ending.abort(reason);
    await expect(guarded).rejects.toBe(reason);
  });
});
