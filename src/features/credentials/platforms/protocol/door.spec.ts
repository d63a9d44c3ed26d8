import { type DoorPlan, openDoor } from './door.js';

const plan = (change: Partial<DoorPlan<'api' | 'oauth'>> = {}) =>
  openDoor({
    app: {},
    configured: { api: undefined, oauth: undefined },
    real: { api: 'https://api.real', oauth: 'https://id.real' },
    standIn: { api: 'http://sandbox/v1', oauth: 'http://sandbox' },
    needs: 'Set CLIENT_ID and CLIENT_SECRET',
    ...change,
  });
const app = { clientId: 'id', clientSecret: 'secret' };

describe('openDoor', () => {
  it('leads to the stand-in when nothing is configured', () => {
    expect(plan()).toEqual({
      urls: { api: 'http://sandbox/v1', oauth: 'http://sandbox' },
      app: { clientId: 'sandbox', clientSecret: 'sandbox-secret' },
      available: true,
    });
  });

  it('leads to the real one with an application of our own, even in a sandbox', () => {
    const real = { api: 'https://api.real', oauth: 'https://id.real' };
    expect(plan({ app })).toEqual({ urls: real, app, available: true });
  });

  it('takes each address that is set, and then no stand-in', () => {
    const door = plan({ app, configured: { api: 'http://proxy', oauth: undefined } });
    expect(door.urls).toEqual({ api: 'http://proxy', oauth: 'https://id.real' });
    const { urls, available } = plan({ configured: { api: 'http://proxy', oauth: undefined } });
    expect({ api: urls.api, available }).toEqual({ api: 'http://proxy', available: 'Set CLIENT_ID and CLIENT_SECRET' });
  });

  it.each([{}, { clientId: 'id' }])('says what to set without a sandbox and with %o', (half) => {
    expect(plan({ app: half, standIn: undefined }).available).toBe('Set CLIENT_ID and CLIENT_SECRET');
  });
});
