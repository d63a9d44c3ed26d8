import { Injectable, Module, type INestApplication } from '@nestjs/common';
import { platformApp } from '../../../../test/support/platform.js';
import { testStores, type TestStores } from '../../../../test/support/stores.js';
import { Clock } from '../../../platform/clock/clock.js';
import { ManualClock } from '../../../platform/clock/testing/manual-clock.js';
import { Database } from '../../../platform/database/database.js';
import { opsConfig } from '../ops.config.js';
import { OpsModule } from '../ops.module.js';
import { Retention } from '../retention.js';
import { RecordingFrontend, RecordingFrontendModule } from '../testing/recording-frontend.js';
import { AlertActions } from './alert-actions.js';
import { defineAlert } from './alert-definition.js';
import { AlertsFrontend } from './alerts-frontend.js';
import { Alerts } from './alerts.js';
import { AlertsRepository } from './alerts.repository.js';
import { HandlesAlertAction, type AlertPress } from './handles-alert-action.js';

const MINUTE_MS = 60_000;
const OPERATOR = { actor: 'telegram:7', name: 'Ada' };

const down = defineAlert({ name: 'down', severity: 'critical', quietMin: 15, actions: ['pump.stop', 'pump.missing'] });
const leak = defineAlert({ name: 'leak', severity: 'warning', quietMin: 60, actions: [] });

@Injectable()
class Pumps {
  readonly pressed: AlertPress[] = [];
  fails = false;

  @HandlesAlertAction('pump.stop')
  stop(press: AlertPress): Promise<void> {
    this.pressed.push(press);
    return this.fails ? Promise.reject(new Error('It is stuck')) : Promise.resolve();
  }
}

@Injectable()
class OtherPumps {
  @HandlesAlertAction('pump.stop')
  stop(): Promise<void> {
    return Promise.resolve();
  }
}

@Module({ providers: [Pumps] })
class PumpsModule {}

describe('alerts', () => {
  let stores: TestStores;
  let app: INestApplication;
  let clock: ManualClock;

  const start = () =>
    platformApp({
      stores,
      groups: [opsConfig],
      env: { NEXUS_ROLES: 'api' },
      imports: [OpsModule, RecordingFrontendModule, PumpsModule],
      replace: [[Clock, clock]],
    });

  beforeAll(async () => {
    stores = await testStores();
  });
  afterAll(() => stores.close());
  beforeEach(async () => {
    clock = new ManualClock();
    app = await start();
    await app.get(Database).query('TRUNCATE alerts, audit_log');
  });
  afterEach(() => app.close());

  const raise = (pressure = 1) => app.get(Alerts).raise(down, { subject: 'pump', params: { pressure } });
  const resolve = () => app.get(Alerts).resolve(down, 'pump');
  const notesOf = (one: INestApplication) => one.get<RecordingFrontend>(AlertsFrontend).notes;
  const notes = () => notesOf(app);
  const kept = async () => (await app.get(AlertsRepository).page({}, { page: 1, pageSize: 100 }))[0];

  it('are told at once, and once in their quiet time (point 24)', async () => {
    await raise(1);
    clock.advance(15 * MINUTE_MS - 1);
    await raise(2);
    expect(notes()).toEqual(['told down pump 1']);
    clock.advance(1);
    await raise(3);
    expect(notes()).toEqual(['told down pump 1', 'told down pump 2']);
    const start = new ManualClock().now().getTime();
    const end = new Date(start + 15 * MINUTE_MS);
    expect(await kept()).toMatchObject([
      {
        count: 3,
        params: { pressure: 3 },
        raisedAt: new Date(start),
        lastSeenAt: end,
        lastToldAt: end,
        resolvedAt: null,
      },
    ]);
  });

  it('are one for each subject and name', async () => {
    await raise();
    await app.get(Alerts).raise(down, { subject: 'other pump', params: {} });
    await app.get(Alerts).raise(leak, { subject: 'pump', params: {} });
    expect(notes()).toEqual(['told down pump 1', 'told down other pump 1', 'told leak pump 1']);
  });

  it('are told once by processes that raise them at once', async () => {
    const other = await start();
    const processes = [app, other, app, other, app, other, app, other];
    const cause = { subject: 'pump', params: {} };
    await Promise.all(processes.map((one) => one.get(Alerts).raise(down, cause)));
    expect([...notesOf(app), ...notesOf(other)]).toEqual(['told down pump 1']);
    expect(await kept()).toMatchObject([{ count: 8, tellings: 1 }]);
    await other.close();
  });

  it('are told once by processes that find them untold at once', async () => {
    const other = await start();
    const operators = [app, other].map((one) => one.get<RecordingFrontend>(AlertsFrontend));
    for (const operator of operators) operator.isThere = false;
    await raise();
    for (const operator of operators) operator.isThere = true;
    await Promise.all([app, other, app, other].map((one) => one.get(Alerts).tellUntold()));
    expect([...notesOf(app), ...notesOf(other)]).toEqual(['told down pump 1']);
    await other.close();
  });

  it('have one resolved notice, and none when they were not told (point 24)', async () => {
    await resolve();
    expect(notes()).toEqual([]);
    await raise();
    await Promise.all([resolve(), resolve()]);
    expect(notes()).toEqual(['told down pump 1', 'resolved down pump 1']);
    expect(await kept()).toMatchObject([{ resolvedAt: clock.now() }]);

    app.get<RecordingFrontend>(AlertsFrontend).isThere = false;
    await app.get(Alerts).raise(leak, { subject: 'pump', params: {} });
    await app.get(Alerts).resolve(leak, 'pump');
    expect(notes()).toHaveLength(2);
  });

  it('are not told again and again when they come and go, but in the end they are', async () => {
    await raise();
    await resolve();
    clock.advance(MINUTE_MS);
    await raise();
    await app.get(Alerts).tellUntold();
    expect(notes()).toEqual(['told down pump 1', 'resolved down pump 1']);
    expect(await kept()).toMatchObject([{ lastToldAt: null, resolvedAt: null }, { tellings: 1 }]);
    clock.advance(14 * MINUTE_MS);
    await app.get(Alerts).tellUntold();
    await app.get(Alerts).tellUntold();
    expect(notes().slice(2)).toEqual(['told down pump 1']);
  });

  it('are told when there is somebody to tell', async () => {
    const operator = app.get<RecordingFrontend>(AlertsFrontend);
    operator.isThere = false;
    await raise();
    await app.get(Alerts).tellUntold();
    expect(await kept()).toMatchObject([{ lastToldAt: null, tellings: 0 }]);
    operator.isThere = true;
    await app.get(Alerts).tellUntold();
    expect(notes()).toEqual(['told down pump 1']);
  });

  it('are forgotten with the transaction that raised them', async () => {
    const failing = app.get(Database).transaction(async () => {
      await raise();
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await kept()).toEqual([]);
  });

  it('are kept for as long as is configured, and longer when they are open', async () => {
    await raise();
    await app.get(Alerts).raise(leak, { subject: 'pump', params: {} });
    await resolve();
    clock.advance(365 * 24 * 60 * MINUTE_MS);
    await app.get(Retention).forgetAlerts();
    expect(await kept()).toHaveLength(2);
    clock.advance(1);
    await app.get(Retention).forgetAlerts();
    expect(await kept()).toMatchObject([{ name: 'leak' }]);
  });

  describe('have buttons', () => {
    const press = async (action = 'pump.stop') => {
      const [alert] = await kept();
      return app.get(AlertActions).press(alert?.id ?? 0, action, OPERATOR);
    };
    const audit = () => app.get(Database).query('SELECT actor, action, subject, after FROM audit_log');

    beforeEach(async () => {
      app.get(Pumps).pressed.length = 0;
      app.get(Pumps).fails = false;
      await raise();
    });

    it('that act once, however many press them at once', async () => {
      const outcomes = await Promise.all([press(), press(), press()]);
      expect(outcomes.sort()).toEqual(['again', 'again', 'done']);
      expect(app.get(Pumps).pressed).toEqual([{ subject: 'pump', actor: 'telegram:7' }]);
      expect(notes()).toEqual(['told down pump 1', 'shown pump.stop by Ada of down pump 1']);
      const [alert] = await kept();
      const subject = `alert:${alert?.id ?? 0}`;
      const after = { alert: 'down', subject: 'pump' };
      expect(await audit()).toEqual([{ actor: 'telegram:7', action: 'pump.stop', subject, after }]);
    });

    it('that act once more when the alert was told again', async () => {
      await press();
      clock.advance(15 * MINUTE_MS);
      await raise();
      expect(await press()).toBe('done');
      expect(await press()).toBe('again');
      expect(app.get(Pumps).pressed).toHaveLength(2);
    });

    it('that do nothing when it is over, and nothing that was not offered', async () => {
      expect(await press('pump.explode')).toBe('unknown');
      expect(await app.get(AlertActions).press(4_242, 'pump.stop', OPERATOR)).toBe('unknown');
      await resolve();
      expect(await press()).toBe('over');
      expect(app.get(Pumps).pressed).toEqual([]);
      expect(await audit()).toEqual([]);
    });

    it('that were not pressed when what they do has failed', async () => {
      app.get(Pumps).fails = true;
      await expect(press()).rejects.toThrow('It is stuck');
      expect(await audit()).toEqual([]);
      app.get(Pumps).fails = false;
      expect(await press()).toBe('done');
    });

    it('that say so when nobody handles them', async () => {
      await expect(press('pump.missing')).rejects.toThrow('Nobody handles the alert action pump.missing');
    });
  });

  it('do not start with two handlers of one action', async () => {
    @Module({ providers: [OtherPumps] })
    class OtherPumpsModule {}
    const starting = platformApp({
      stores,
      groups: [opsConfig],
      imports: [OpsModule, RecordingFrontendModule, PumpsModule, OtherPumpsModule],
    });
    await expect(starting).rejects.toThrow('The alert action pump.stop has a second handler: OtherPumps.stop');
  });
});

describe('the definition of an alert', () => {
  it.each(['a'.repeat(39), 'with space', 'UPPER'])('refuses the action %s: it fits no button', (action) => {
    const define = () => defineAlert({ name: 'x', severity: 'warning', quietMin: 1, actions: [action] });
    expect(define).toThrow('fits no button');
  });
});
