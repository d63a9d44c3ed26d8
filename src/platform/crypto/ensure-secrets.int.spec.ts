import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { processConfig } from '../config/process.config.js';
import { ConfigError, Settings } from '../config/settings.js';
import { ensureSecrets } from './ensure-secrets.js';
import { secretsConfig } from './secrets.config.js';

const given = {
  JWT_SECRET: 'x'.repeat(32),
  ENCRYPTION_KEYS: `k:${Buffer.alloc(32).toString('base64')}`,
};

describe('ensureSecrets', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'nexus-secrets-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const decide = async (env: Record<string, string> = {}) =>
    (await ensureSecrets(Settings.read([processConfig, secretsConfig], env), join(folder, 'data'))).get(secretsConfig);

  it('makes them once, readable by the owner alone, and leaves no drafts', async () => {
    const made = await decide();
    expect(made.jwtSecret?.length).toBeGreaterThanOrEqual(32);
    expect(made.encryptionKeys?.[0]?.key).toHaveLength(32);
    expect(await decide()).toEqual(made);
    expect(await readdir(join(folder, 'data'))).toEqual(['secrets.json']);
    expect((await stat(join(folder, 'data', 'secrets.json'))).mode & 0o777).toBe(0o600);
  });

  it('gives all processes that start together the same ones', async () => {
    const all = await Promise.all(Array.from({ length: 20 }, () => decide()));
    expect(new Set(all.map(({ jwtSecret }) => jwtSecret)).size).toBe(1);
    expect(new Set(all.map(({ encryptionKeys }) => encryptionKeys?.[0]?.key.toString('hex'))).size).toBe(1);
  });

  it('prefers what is given and makes only the rest', async () => {
    const decided = await decide({ JWT_SECRET: 'short' });
    expect(decided.jwtSecret).toBe('short');
    expect(decided.encryptionKeys).toHaveLength(1);
  });

  it('makes none in production but names each that is missing or weak', async () => {
    const production = { NODE_ENV: 'production' };
    const failure = (await decide({ ...production, JWT_SECRET: 'short' }).catch(
      (error: unknown) => error,
    )) as ConfigError;
    expect(failure).toBeInstanceOf(ConfigError);
    expect(failure.problems.map((problem) => problem.split(':')[0])).toEqual(['JWT_SECRET', 'ENCRYPTION_KEYS']);
    expect((await decide({ ...production, ...given })).jwtSecret).toBe(given.JWT_SECRET);
    expect(await readdir(folder)).toEqual([]);
  });
});
