import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { tracesOf } from '../../src/features/accounts/testing/traces-of.js';
import { TestServers } from '../../src/platform/egress/testing/servers.js';
import { eventually } from '../support/eventually.js';
import { scale } from '../support/scale.js';
import { askApi, callApi, Owner, PASSWORD, type SignedIn } from './support/owner.js';
import type { Stores } from './support/stores.js';
import { WebhookInbox } from './support/webhook-inbox.js';
import { useWorld, type Nexus, type World } from './support/world.js';

const REFRESHES = 100;
/** The most that an owner may have. */
const WEBHOOKS = 20;
/** So many that it takes a while to delete them. */
const FILES = 5_000;
const ALL_DELIVERED_MS = 60_000;

/** A stream of events, and all that has come when it has ended. */
type Watched = { ended: Promise<string> };
type Tokens = Pick<SignedIn, 'accessToken' | 'refreshToken'>;

/** One of them does no work: it is known what the other was at when it is killed. */
describe('two processes', () => {
  let front: Nexus;
  let worker: Nexus;
  let stores: Stores;
  let inbox: WebhookInbox;
  let services = 0;
  /** By somebody who has no session any more. */
  let watched: Watched;
  const servers = new TestServers();
  const world = useWorld(async (created) => {
    inbox = await WebhookInbox.start(servers);
    front = await startService(created, 'api,bots');
    worker = await startService(created, 'api,worker');
    stores = await created.stores();
  });
  afterAll(() => servers.close());

  function startService(where: World, roles: string): Promise<Nexus> {
    return where.startNexus({
      NEXUS_ROLES: roles,
      LOG_LEVEL: 'warn',
      DOWNLOAD_ALLOWED_PRIVATE_HOSTS: inbox.host,
      PORT: String(where.servicePort(services++)),
    });
  }

  const either = (index: number) => (index % 2 === 0 ? front : worker).url;
  const refresh = (url: string, refreshToken: string) =>
    askApi<Tokens>(url, '/auth/refresh', { method: 'POST', json: { refreshToken } });
  const profileStatus = async (url: string, token: string) => (await callApi(url, '/users/me', { token })).status;
  const countOf = async (table: string, userId: string) =>
    (await stores.query(`SELECT FROM ${table} WHERE user_id = $1`, [userId])).length;

  describe('and one session', () => {
    let owner: Owner;
    let tokens: Tokens[];
    beforeAll(async () => {
      owner = await Owner.register(front.url, 'tabs@example.com');
    });

    it('make one family that works of a token that is refreshed a hundred times at once', async () => {
      const { refreshToken, user } = owner.signedIn;
      const asked = Array.from({ length: REFRESHES }, (_, index) => refresh(either(index), refreshToken));
      tokens = await Promise.all(asked);
      expect(new Set(tokens.map((each) => each.refreshToken)).size).toBe(REFRESHES);
      expect(await countOf('sessions', user.id)).toBe(1);

      const crosswise = tokens.map(({ accessToken }, index) => profileStatus(either(index + 1), accessToken));
      expect(new Set(await Promise.all(crosswise))).toEqual(new Set([200]));
      for (const [index, each] of tokens.slice(0, 4).entries()) {
        const { accessToken } = await refresh(either(index + 1), each.refreshToken);
        expect(await profileStatus(either(index), accessToken)).toBe(200);
      }
    });

    it('end all sessions at once, wherever that is asked for', async () => {
      const other = await Owner.login(front.url, 'tabs@example.com');
      watched = await watchTask(other);
      expect((await owner.at(worker.url).call('POST', '/auth/logout-all')).status).toBe(204);

      for (const { accessToken, refreshToken } of [owner.signedIn, other.signedIn, ...tokens.slice(0, 10)]) {
        expect(await profileStatus(front.url, accessToken)).toBe(401);
        const refused = await callApi(front.url, '/auth/refresh', { method: 'POST', json: { refreshToken } });
        expect(refused.status).toBe(401);
      }
    });

    /** A task that somebody elsewhere works on for minutes. */
    async function watchTask(watcher: Owner): Promise<Watched> {
      const [task] = await stores.query<{ id: string }>(
        `INSERT INTO tasks (user_id, kind, payload, state, lease_until)
         VALUES ($1, 'elsewhere', '{}', 'running', now() + interval '5 minutes') RETURNING id`,
        [watcher.signedIn.user.id],
      );
      const response = await watcher.call('GET', `/tasks/${task?.id ?? ''}/events`);
      expect(response.status).toBe(200);
      return { ended: response.text() };
    }
  });

  it('ask once for new tokens when both need them at the same moment', async () => {
    const owner = await Owner.register(front.url, 'tokens@example.com');
    expect((await owner.connect('youtube')).searchParams.get('oauth')).toBe('success');
    await world().control.expireTokens('google');
    await stores.query('UPDATE credentials SET token_expires_at = now(), checked_at = NULL');
    const before = (await world().control.apiCalls({ api: 'google' })).at(-1)?.seq ?? 0;
    await world().control.scriptApi({ api: 'google', behaviour: 'slow', seconds: 1, times: 1 });

    const asked = owner.at(front.url).statuses();
    await eventually(
      async () => (await stores.query('SELECT FROM credentials WHERE refreshing_until > now()')).length === 1,
    );
    // Else the second would leave it to the first to ask the platform at all.
    await stores.query('UPDATE credentials SET checked_at = NULL');
    const askedToo = owner.at(worker.url).statuses();
    for (const statuses of await Promise.all([asked, askedToo])) expect(statuses).toMatchObject([{ status: 'active' }]);

    const calls = await world().control.apiCalls({ api: 'google', after: before });
    const paths = calls.map(({ path }) => path.split('/').at(-1));
    expect(paths.sort()).toEqual(['channels', 'channels', 'token']);
  });

  it('leave no file of a deleted account when one is killed in the middle of it', async () => {
    const owner = await Owner.register(worker.url, 'leaver@example.com');
    const { id, email } = owner.signedIn.user;
    const folder = join(world().dataDir, 'storage');
    await writeFiles(join(folder, 'media', `user_${id}`, 'recordings'));

    const answer = owner.call('DELETE', '/users/me', { password: PASSWORD }).catch(() => null);
    await eventually(async () => (await countOf('account_removals', id)) === 1);
    await worker.process.kill();
    await answer;
    expect(await countOf('account_removals', id)).toBe(1);
    expect(await tracesOf({ database: stores, folder }, [email])).toEqual([]);

    // What was left is looked for each minute; who has just started has not done it in this one.
    await stores.flushRedis();
    worker = await startService(world(), 'api,worker');
    await eventually(async () => (await tracesOf({ database: stores, folder }, [id, email])).length === 0);
  });

  async function writeFiles(folder: string): Promise<void> {
    await mkdir(folder, { recursive: true });
    const names = Array.from({ length: FILES }, (_, index) => join(folder, `${index}.mp4`));
    await Promise.all(names.map((name) => writeFile(name, 'a recording')));
  }

  it('deliver every webhook, though one is killed while it delivers', async () => {
    const owner = await Owner.register(front.url, 'hooks@example.com');
    const { id } = owner.signedIn.user;
    const hook = { url: inbox.url, events: ['credential.invalid'] };
    await Promise.all(Array.from({ length: WEBHOOKS }, () => owner.send('POST', '/webhooks', hook)));
    for (const account of ['anna', 'john']) await owner.connect('youtube', { account });
    for (const account of ['anna', 'eva']) await owner.connect('google_drive', { account });
    await world().control.revokeTokens('google');
    await stores.query('UPDATE credentials SET checked_at = NULL');

    inbox.hold();
    expect((await owner.statuses()).map(({ status }) => status)).toEqual(Array(4).fill('invalid'));
    const owed = 4 * WEBHOOKS;
    expect(await countOf('webhook_deliveries', id)).toBe(owed);
    await eventually(() => inbox.deliveries.size > 0);
    await startService(world(), 'worker');
    await worker.process.kill();
    await leasesRunOut();
    inbox.release();

    const delivered = `SELECT FROM webhook_deliveries WHERE state = 'delivered' AND user_id = $1`;
    await eventually(async () => (await stores.query(delivered, [id])).length === owed, ALL_DELIVERED_MS);
    expect(inbox.deliveries.size).toBe(owed);
    expect(inbox.received.length).toBeGreaterThan(owed);
  });

  it('have ended the streams of ended sessions', async () => {
    expect(await watched.ended).not.toMatch(/succeeded|failed|cancelled/);
  });

  /** Those of the killed worker; by itself it takes them 30 s. */
  async function leasesRunOut(): Promise<void> {
    if (scale(false, true)) return;
    await stores.query(`UPDATE webhook_deliveries SET next_attempt_at = now() WHERE state = 'pending'`);
  }
});
