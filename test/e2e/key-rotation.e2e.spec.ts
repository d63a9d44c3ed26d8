import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseEncryptionKeys } from '../../src/platform/crypto/encryption-key.js';
import { KeyRing } from '../../src/platform/crypto/key-ring.js';
import { startEmbeddedStores, type EmbeddedStores } from '../../src/platform/embedded/index.js';
import { eventually } from '../support/eventually.js';
import { ServiceProcess } from './support/service-process.js';
import { Stores } from './support/stores.js';

const ROWS = 2_000;
const newKey = (id: string) => `${id}:${randomBytes(32).toString('base64')}`;
const ringOf = (keys: string) => new KeyRing({ jwtSecret: undefined, encryptionKeys: parseEncryptionKeys(keys) });
const context = (id: string) => `egress_endpoints:${id}:url`;
const urlOf = (name: string) => `http://ann:${name}@proxy.example.com:3128`;

describe('npm run nexus -- secrets reencrypt', () => {
  const [oldKey, key] = [newKey('old'), newKey('new')];
  const [before, during, after] = [ringOf(oldKey), ringOf(`${key},${oldKey}`), ringOf(key)];
  let dataDir: string;
  /** Run by the test, as a service runs them. */
  let embedded: EmbeddedStores;
  let stores: Stores;

  const start = (keys: string, ...words: string[]) =>
    new ServiceProcess({
      name: 'nexus',
      file: resolve('dist/cli.js'),
      args: words,
      cwd: dataDir,
      env: { DATA_DIR: dataDir, ENCRYPTION_KEYS: keys, PATH: process.env.PATH ?? '' },
    });
  const run = async (keys: string, ...words: string[]) => {
    const command = start(keys, ...words);
    return { code: await command.end(), output: command.output };
  };
  const reencrypt = (keys: string) => run(keys, 'secrets', 'reencrypt');

  beforeAll(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'nexus-rotation-'));
    embedded = await startEmbeddedStores({ dataDir, postgres: true, redis: true, log: () => undefined });
    // It brings the schema up to date, too.
    expect(await reencrypt(oldKey)).toMatchObject({ code: 0 });
    stores = await Stores.attach(dataDir);
    const rows = Array.from({ length: ROWS }, (_, index) => ({ id: randomUUID(), name: `proxy-${index}` }));
    const closed = rows.map(({ id, name }) => ({ id, name, url: before.encrypt(urlOf(name), context(id)) }));
    await stores.query(
      `INSERT INTO egress_endpoints (id, name, url)
       SELECT id, name, url FROM jsonb_to_recordset($1) AS row(id uuid, name text, url text)`,
      [JSON.stringify(closed)],
    );
  });
  afterAll(async () => {
    await embedded.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  const readAll = () =>
    stores.query<{ id: string; name: string; url: string }>('SELECT id, name, url FROM egress_endpoints');
  const countOf = async (ring: KeyRing) => (await readAll()).filter(({ url }) => ring.isCurrent(url)).length;

  it('is killed, run again while somebody writes, and then nothing needs the old key', async () => {
    const killed = start(`${key},${oldKey}`, 'secrets', 'reencrypt');
    await eventually(async () => (await countOf(during)) > 0, 30_000);
    await killed.kill();
    const done = await countOf(during);
    expect(done).toBeLessThan(ROWS);

    const again = start(`${key},${oldKey}`, 'secrets', 'reencrypt');
    const all = await readAll();
    for (let n = 0; again.isRunning; n = (n + 37) % ROWS) {
      const { id, name } = all[n]!;
      const url = during.encrypt(urlOf(name), context(id));
      await stores.query('UPDATE egress_endpoints SET url = $2 WHERE id = $1', [id, url]);
    }
    expect(again.output).toMatch(/egress_endpoints\.url: \d+ encrypted anew, \d+ were already/);
    expect(again.output).toContain('No older key is needed any more');
    expect(await again.end()).toBe(0);

    for (const { id, name, url } of await readAll()) expect(after.decrypt(url, context(id))).toBe(urlOf(name));
  });

  it('names what does not open, and nothing of what is in it', async () => {
    const [row] = await readAll();
    const lost = ringOf(newKey('lost')).encrypt('hunter2', context(row!.id));
    await stores.query('UPDATE egress_endpoints SET url = $2 WHERE id = $1', [row!.id, lost]);
    const { code, output } = await reencrypt(key);
    expect(code).toBe(1);
    expect(output).toContain(`Does not open: egress_endpoints.url of ${row!.id}`);
    expect(output).toContain('Still needed: lost');
    expect(output).not.toContain(lost);
    expect(output).not.toContain('hunter2');
  });

  it('says which commands there are', async () => {
    expect(await run(key)).toMatchObject({ code: 0, output: expect.stringContaining('secrets reencrypt') as string });
    expect(await run(key, 'secrets', 'publish')).toMatchObject({ code: 2 });
  });
});
