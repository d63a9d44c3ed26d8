import type { Alert } from '../../ops/index.js';
import { creditsWorld, type CreditsWorld } from '../testing/credits-world.js';
import { auditCredits } from './audit-credits.command.js';
import { CreditAudits } from './credit-audits.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

describe('CreditAudits', () => {
  let world: CreditsWorld;
  let audits: CreditAudits;
  beforeAll(async () => {
    world = await creditsWorld();
    audits = world.app.get(CreditAudits, { strict: false });
    await world.grant(world.newcomer(), 5);
  });
  afterAll(() => world.close());

  const kept = async () => (await world.database.query('SELECT 1 FROM credit_audits')).length;
  const alerts = () =>
    world.database.query<Pick<Alert, 'name' | 'params'> & { open: boolean }>(
      'SELECT name, params, resolved_at IS NULL AS open FROM alerts',
    );
  const add = (amount: number) =>
    world.database.query(`UPDATE credit_accounts SET available = available + $1 WHERE owner_kind = 'tg_user'`, [
      amount,
    ]);

  it('proves the books once in each day of the operator, and forgets what is old', async () => {
    expect(await audits.last()).toBeNull();
    await audits.nightly();
    expect(await audits.last()).toMatchObject({ ok: true, checkedAt: world.clock.now() });
    world.clock.advance(HOUR);
    await audits.nightly();
    expect(await kept()).toBe(1);
    world.clock.advance(DAY);
    await audits.nightly();
    expect(await kept()).toBe(2);
    world.clock.advance(91 * DAY);
    await audits.nightly();
    expect(await kept()).toBe(1);
  });

  it('alerts while they do not add up', async () => {
    await audits.run();
    expect(await alerts()).toEqual([]);
    await add(3);
    expect(await audits.run()).toMatchObject({ ok: false, problems: [{ code: 'available_differs' }] });
    expect(await alerts()).toEqual([{ name: 'credits_unproven', params: { problems: 1 }, open: true }]);
    await add(-3);
    await audits.run();
    expect(await alerts()).toMatchObject([{ open: false }]);
  });

  it('tells the shell', async () => {
    const lines: string[] = [];
    const say = (line: string) => void lines.push(line);
    expect(await auditCredits.run(world.app, say)).toBe(true);
    expect(lines).toEqual([
      `The books of ${world.clock.now().toISOString()}: 4 accounts, 2 entries, 0 holds, 0 jobs`,
      'They add up',
    ]);
    await add(3);
    expect(await auditCredits.run(world.app, say)).toBe(false);
    await add(-3);
    expect(lines.slice(3)).toEqual([
      expect.stringMatching(/^available_differs account:.*: expected 5, found 8$/),
      'They do not add up: 1 problems',
    ]);
  });
});
