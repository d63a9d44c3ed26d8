import { TestServers } from '../../src/platform/egress/testing/servers.js';
import { ANNA_ID } from '../../src/sandbox/testing/test-sandbox.js';
import { eventually } from '../support/eventually.js';
import { Owner } from './support/owner.js';
import { Person } from './support/person.js';
import { signatureOf, WebhookInbox } from './support/webhook-inbox.js';
import { DOWNLOADER_ID, useWorld, type Nexus } from './support/world.js';

const EMAIL = 'client@example.com';
const CHANNEL = 'Anna’s channel';

interface Notification {
  event: string;
  params: Record<string, string>;
}

describe('a program that connects an account', () => {
  let nexus: Nexus;
  let owner: Owner;
  let inbox: WebhookInbox;
  let secret: string;
  let anna: Person;
  const servers = new TestServers();
  const world = useWorld(async (created) => {
    inbox = await WebhookInbox.start(servers);
    nexus = await created.startNexus({ LOG_LEVEL: 'warn', DOWNLOAD_ALLOWED_PRIVATE_HOSTS: inbox.host });
    anna = new Person(created.control, DOWNLOADER_ID, ANNA_ID);
  });
  afterAll(() => servers.close());

  const notifications = async () => (await owner.get<{ items: Notification[] }>('/notifications')).items;
  const stateOfYouTube = async () => {
    const calls = await world().control.apiCalls({ api: 'google' });
    const [account] = await owner.statuses();
    const asked = await world().control.apiCalls({ api: 'google', after: calls.at(-1)?.seq ?? 0 });
    return { status: account?.status, asked: asked.map(({ path }) => path) };
  };
  /** Platforms are asked once a minute. */
  const aMinutePasses = async () => {
    const stores = await world().stores();
    await stores.query(`UPDATE credentials SET checked_at = checked_at - interval '5 seconds'`);
  };
  const revokeAtYouTube = async () => {
    expect(await world().control.revokeTokens('google', 'anna')).toBeGreaterThan(0);
    await aMinutePasses();
  };

  it('registers and signs in', async () => {
    const { signedIn } = await Owner.register(nexus.url, EMAIL);
    owner = await Owner.login(nexus.url, EMAIL);
    expect(owner.signedIn.user).toEqual({ id: signedIn.user.id, email: EMAIL, role: 'user' });
    expect(owner.signedIn.refreshToken).not.toBe(signedIn.refreshToken);
  });

  it('is told where to send the browser, which ends at the page that tells how it went', async () => {
    const refused = await owner.connect('youtube', { decision: 'deny' });
    expect(refused.pathname + refused.search).toBe('/connections?oauth=error&platform=youtube&reason=access_denied');
    const { pathname, search } = await owner.connect('youtube');
    expect(pathname + search).toBe('/connections?oauth=success&platform=youtube');
  });

  it('sees the account, and the ends of its tokens alone', async () => {
    expect(await owner.credentials()).toMatchObject([
      {
        platform: 'youtube',
        accountName: CHANNEL,
        status: 'active',
        masked: {
          accessToken: expect.stringMatching(/^••••.{4}$/) as string,
          refreshToken: expect.stringMatching(/^••••.{4}$/) as string,
        },
      },
    ]);
    expect(JSON.stringify(await owner.credentials())).not.toMatch(/ya29\.|1\/\/0/);
  });

  it('has the platform asked whether the account works', async () => {
    await aMinutePasses();
    expect(await stateOfYouTube()).toEqual({
      status: 'active',
      asked: [expect.stringContaining('/youtube/v3/channels') as string],
    });
  });

  it('hears of it in a list and by a signed webhook when the platform takes the account no more', async () => {
    const events = ['credential.invalid'];
    ({ secret } = await owner.send<{ secret: string }>('POST', '/webhooks', { url: inbox.url, events }));
    await revokeAtYouTube();
    expect(await stateOfYouTube()).toMatchObject({ status: 'invalid' });
    const about = { platform: 'youtube', accountName: CHANNEL, reason: 'invalid_grant' };
    expect(await notifications()).toMatchObject([{ event: 'credential.invalid', params: about }]);

    const delivered = await eventually(() => inbox.received[0]);
    expect(delivered.headers).toMatchObject({
      'x-nexus-event': 'credential.invalid',
      'x-nexus-signature': signatureOf(delivered, secret),
    });
    expect(JSON.parse(delivered.body)).toMatchObject({ event: 'credential.invalid', data: about });
  });

  it('links a chat of Telegram, which hears of what comes next', async () => {
    const { url } = await owner.send<{ url: string }>('POST', '/notifications/telegram');
    await anna.say(`/start ${new URL(url).searchParams.get('start') ?? ''}`);
    await anna.hears(/Чат связан с вашим аккаунтом/);
    expect(await owner.get('/notifications/telegram')).toMatchObject({ linked: true, bot: 'nexus_downloader_bot' });

    expect((await owner.connect('youtube')).searchParams.get('oauth')).toBe('success');
    expect(await owner.credentials()).toMatchObject([{ accountName: CHANNEL, status: 'active' }]);
    await revokeAtYouTube();
    expect(await stateOfYouTube()).toMatchObject({ status: 'invalid' });
    await anna.hears(/YouTube больше не принимает аккаунт «Anna’s channel»/);
    expect(await notifications()).toHaveLength(2);
    await eventually(() => inbox.deliveries.size === 2);

    await anna.say('/unlink');
    await anna.hears(/Чат больше не связан/);
    expect(await owner.get('/notifications/telegram')).toMatchObject({ linked: false });
  });
});
