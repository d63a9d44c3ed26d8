import { Scripts } from './scripts.js';

describe('Scripts', () => {
  const isAbout =
    (...names: string[]) =>
    (behaviour: string): boolean =>
      names.includes(behaviour);

  it('leaves a script to the call that it is about, and keeps the order of the others', () => {
    const scripts = new Scripts();
    scripts.add('google', { behaviour: 'deny' }, 1);
    scripts.add('google', { behaviour: 'down' }, 2);
    scripts.add('google', { behaviour: 'unauthorized' }, 1);
    const forToken = isAbout('ok', 'down');
    const forIdentity = isAbout('ok', 'down', 'unauthorized');
    expect(scripts.take('google', forToken)).toEqual({ behaviour: 'down' });
    expect(scripts.queue('google')).toEqual([
      { behaviour: 'deny', times: 1 },
      { behaviour: 'down', times: 1 },
      { behaviour: 'unauthorized', times: 1 },
    ]);
    expect(scripts.take('google', forIdentity)).toEqual({ behaviour: 'down' });
    expect(scripts.take('google', forToken)).toEqual({ behaviour: 'ok' });
    expect(scripts.take('google', forIdentity)).toEqual({ behaviour: 'unauthorized' });
    expect(scripts.take('google')).toEqual({ behaviour: 'deny' });
    expect(scripts.queue('google')).toEqual([]);
  });

  it('keeps the standing script from calls that it is not about', () => {
    const scripts = new Scripts();
    scripts.add('google', { behaviour: 'unauthorized' });
    expect(scripts.take('google', isAbout('down'))).toEqual({ behaviour: 'ok' });
    expect(scripts.take('google', isAbout('unauthorized'))).toEqual({ behaviour: 'unauthorized' });
  });
});
