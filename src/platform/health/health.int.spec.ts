import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { eventually } from '../../../test/support/eventually.js';
import { testStores, type TestStores } from '../../../test/support/stores.js';
import { startApi, type TestApi } from '../http-server/testing/start-api.js';
import { ReportsHealth, type HealthPart, type PartState } from './health-part.js';

@Injectable()
@ReportsHealth()
class OvenHealth implements HealthPart {
  readonly name = 'oven';
  state: PartState = { status: 'ok' };

  check(): Promise<PartState> {
    return Promise.resolve(this.state);
  }
}

interface Health {
  status: string;
  parts: { name: string; status: string; reason?: string; version?: string }[];
}

const partOf = ({ parts }: Health, name: string) => parts.find((part) => part.name === name);

describe('health', () => {
  let stores: TestStores;
  let api: TestApi;
  beforeAll(async () => {
    stores = await testStores();
    api = await startApi({ stores, providers: [OvenHealth], env: { NEXUS_ROLES: 'worker,bots' } });
  });
  afterAll(async () => {
    await api.close();
    await stores.close();
  });

  const health = async () => (await (await api.call('/api/v1/health')).json()) as Health;
  const ready = async () => {
    const response = await api.call('/api/v1/health/ready');
    return [response.status, ((await response.json()) as Health).status];
  };

  it('reports every part, with versions', async () => {
    const report = await health();
    expect(report).toMatchObject({
      status: 'ok',
      version: expect.stringMatching(/^\d+\.\d+\.\d+$/) as string,
      uptimeSec: expect.any(Number) as number,
      roles: ['worker', 'bots'],
      sandbox: true,
    });
    expect(report.parts.map(({ name }) => name).sort()).toEqual(['database', 'migrations', 'oven', 'redis']);
    expect(partOf(report, 'database')?.version).toMatch(/^\d+\.\d+$/);
    expect(partOf(report, 'redis')?.version).toMatch(/^\d+\.\d+\.\d+$/);
    expect(await ready()).toEqual([200, 'ok']);
  });

  it('is degraded, yet ready, when a part that is not essential is away', async () => {
    api.app.get(OvenHealth).state = { status: 'unavailable', reason: 'no gas' };
    const report = await eventually(async () => {
      const current = await health();
      return current.status === 'degraded' ? current : undefined;
    });
    expect(partOf(report, 'oven')).toEqual({ name: 'oven', status: 'unavailable', reason: 'no gas' });
    expect(await ready()).toEqual([200, 'ok']);
  });

  it('is down and not ready, but alive, while migrations are pending', async () => {
    class Pending1999000000001 {
      up = () => Promise.resolve();
      down = () => Promise.resolve();
    }
    const { migrations } = api.app.get(DataSource);
    migrations.push(new Pending1999000000001());
    await eventually(async () => (await ready())[0] === 503);
    expect(await ready()).toEqual([503, 'down']);
    expect((await health()).status).toBe('down');
    expect((await api.call('/api/v1/health/live')).status).toBe(200);
    migrations.pop();
    await eventually(async () => (await ready())[0] === 200);
  });
});

describe('health without Redis', () => {
  it('says that Redis is away and answers at once', async () => {
    const stores = await testStores();
    const api = await startApi({ stores });
    await stores.close();
    const report = await eventually(async () => {
      const current = (await (await api.call('/api/v1/health')).json()) as Health;
      return partOf(current, 'redis')?.status === 'unavailable' ? current : undefined;
    });
    expect(report.status).toBe('down');
    expect((await api.call('/api/v1/health/ready')).status).toBe(503);
    await api.close();
  });
});
