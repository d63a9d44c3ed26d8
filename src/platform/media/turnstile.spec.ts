import { Turnstile } from './turnstile.js';

const deferred = () => {
  let finish: () => void = () => undefined;
  const done = new Promise<void>((resolve) => (finish = resolve));
  return { done, finish };
};
const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('Turnstile', () => {
  it('lets no more in at once than its limit, in the order they came', async () => {
    const turnstile = new Turnstile(2);
    const tasks = [deferred(), deferred(), deferred(), deferred()];
    const started: number[] = [];
    const all = tasks.map(({ done }, index) =>
      turnstile.pass(() => {
        started.push(index);
        return done;
      }),
    );
    await settle();
    expect(started).toEqual([0, 1]);
    tasks[1]?.finish();
    await settle();
    expect(started).toEqual([0, 1, 2]);
    for (const { finish } of tasks) finish();
    await Promise.all(all);
    expect(started).toEqual([0, 1, 2, 3]);
  });

  it.each([0, 1, 2, 3, 4, 5])('lets no newcomer slip in %i ticks after a place has been handed over', async (ticks) => {
    const turnstile = new Turnstile(1);
    let [inside, most] = [0, 0];
    const task = async (until: Promise<unknown>) => {
      most = Math.max(most, (inside += 1));
      await until;
      inside -= 1;
    };
    const holder = deferred();
    const all = [turnstile.pass(() => task(holder.done)), turnstile.pass(() => task(settle()))];
    holder.finish();
    for (let tick = 0; tick < ticks; tick += 1) await Promise.resolve();
    all.push(turnstile.pass(() => task(settle())));
    await Promise.all(all);
    expect(most).toBe(1);
  });

  it('goes on after a failure, and forgets whoever has left the line', async () => {
    const turnstile = new Turnstile(1);
    const first = deferred();
    const failing = turnstile.pass(async () => {
      await first.done;
      throw new Error('broken');
    });
    const leaving = new AbortController();
    const left = turnstile.pass(() => Promise.resolve('never'), leaving.signal);
    const last = turnstile.pass(() => Promise.resolve('served'));
    leaving.abort(new Error('gone'));
    first.finish();
    await expect(failing).rejects.toThrow('broken');
    await expect(left).rejects.toThrow('gone');
    expect(await last).toBe('served');
  });
});
