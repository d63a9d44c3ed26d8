import { once } from 'node:events';
import { Injectable, type INestApplication } from '@nestjs/common';
import { eventually } from '../../../test/support/eventually.js';
import { platformApp } from '../../../test/support/platform.js';
import { testStores, type TestStores } from '../../../test/support/stores.js';
import { Database } from '../database/database.js';
import { Redis } from '../redis/redis.js';
import { Every } from './every.js';
import { Drain } from './drain.js';
import { Handles, type JobContext } from './handles.js';
import { defineJob } from './job.js';
import { Jobs } from './jobs.js';
import { QueueModule } from './queue.module.js';

const greet = defineJob<{ name: string }>({ name: 'test.greet', id: ({ name }) => name, attempts: 2, backoffMs: 10 });

@Injectable()
class Greeter {
  readonly greeted: string[] = [];
  ticks = 0;
  private release: () => void = () => undefined;
  private gate = Promise.resolve();

  close(): void {
    this.gate = new Promise((resolve) => (this.release = resolve));
  }

  open(): void {
    this.release();
  }

  @Handles(greet)
  async greet({ name }: { name: string }): Promise<void> {
    this.greeted.push(name);
    await this.gate;
    if (name === 'trouble') throw new Error('trouble');
  }

  @Every({ name: 'test.tick', everyMs: 50 })
  tick(): Promise<void> {
    this.ticks += 1;
    return Promise.resolve();
  }
}

@Injectable()
class SecondGreeter {
  @Handles(greet)
  greet(): Promise<void> {
    return Promise.resolve();
  }
}

/** Works until it is asked to stop. */
@Injectable()
class Patient {
  state = 'idle';

  @Handles(greet)
  async greet(_: { name: string }, { signal }: JobContext): Promise<void> {
    this.state = 'at work';
    await once(signal, 'abort');
    this.state = 'handed back';
  }
}

describe('jobs', () => {
  let stores: TestStores;
  let app: INestApplication;
  let jobs: Jobs;
  let greeter: Greeter;

  beforeAll(async () => {
    stores = await testStores();
    app = await platformApp({ stores, imports: [QueueModule.forFeature(greet)], providers: [Greeter] });
    jobs = app.get(Jobs);
    greeter = app.get(Greeter);
  });
  afterAll(async () => {
    await app.close();
    await stores.close();
  });
  beforeEach(async () => {
    // What the test before has asked for once too often is its own affair.
    await eventually(async () => {
      const { waiting, active, delayed } = await jobs.queue(greet.name).getJobCounts();
      return waiting + active + delayed === 0;
    });
    greeter.greeted.length = 0;
  });

  it('are worked on, and may be asked for again when they are done', async () => {
    await jobs.enqueue(greet, { name: 'Ann' });
    await eventually(() => greeter.greeted.length === 1);
    await eventually(async () => {
      await jobs.enqueue(greet, { name: 'Ann' });
      return greeter.greeted.length >= 2;
    });
  });

  it('asked for twice while Bull holds them are done once', async () => {
    greeter.close();
    await jobs.enqueue(greet, { name: 'Bob' });
    await eventually(() => greeter.greeted.length === 1);
    await jobs.enqueue(greet, { name: 'Bob' });
    await jobs.enqueue(greet, { name: 'Eve' });
    greeter.open();
    await eventually(() => greeter.greeted.includes('Eve'));
    expect(greeter.greeted).toEqual(['Bob', 'Eve']);
  });

  it('leave after the commit, and never after a rollback', async () => {
    const database = app.get(Database);
    await expect(
      database.transaction(async () => {
        await jobs.enqueue(greet, { name: 'lost' });
        throw new Error('no');
      }),
    ).rejects.toThrow();
    await database.transaction(async () => {
      await jobs.enqueue(greet, { name: 'kept' });
      expect(greeter.greeted).toEqual([]);
    });
    await eventually(() => greeter.greeted.length === 1);
    expect(greeter.greeted).toEqual(['kept']);
  });

  it('that fail are tried again as often as they say', async () => {
    await jobs.enqueue(greet, { name: 'trouble' });
    await eventually(() => greeter.greeted.length === 2);
    await eventually(async () => (await jobs.queue(greet.name).getJobCounts()).delayed === 0);
    expect(greeter.greeted).toEqual(['trouble', 'trouble']);
  });

  it('on a schedule go on after Redis has been flushed', async () => {
    await eventually(() => greeter.ticks > 1);
    await app.get(Redis).client.flushAll();
    const before = greeter.ticks;
    await eventually(() => greeter.ticks > before + 1);
  });
});

describe('the end of a process', () => {
  it('hands back what is being worked on, and comes, though Redis is away', async () => {
    const stores = await testStores();
    const app = await platformApp({ stores, imports: [QueueModule.forFeature(greet)], providers: [Patient] });
    const patient = app.get(Patient);
    try {
      await app.get(Jobs).enqueue(greet, { name: 'Ann' });
      await eventually(() => patient.state === 'at work');
      await app
        .get(Redis)
        .client.sendCommand(['SHUTDOWN', 'NOSAVE'])
        .catch(() => undefined);
      await eventually(() => !app.get(Redis).client.isReady);
      await app.close();
      expect(patient.state).toBe('handed back');
    } finally {
      await stores.close();
    }
  });

  it('waits for all that is to be stopped, and for nothing in turn', async () => {
    const stores = await testStores();
    const app = await platformApp({ stores });
    const drain = app.get(Drain);
    const stopped: string[] = [];
    let stopSecond: () => void = () => undefined;
    drain.add(async () => {
      await new Promise<void>((resolve) => (stopSecond = resolve));
      stopped.push('slow');
    });
    drain.add(() => Promise.reject(new Error('broken')));
    drain.add(() => {
      stopped.push('quick');
      stopSecond();
      return Promise.resolve();
    });
    await app.close();
    expect(stopped).toEqual(['quick', 'slow']);
    expect(drain.signal.aborted).toBe(true);
    await stores.close();
  });
});

describe('the start', () => {
  let stores: TestStores;
  beforeAll(async () => {
    stores = await testStores();
  });
  afterAll(() => stores.close());

  it('fails when a declared job has no handler', async () => {
    const start = platformApp({ stores, imports: [QueueModule.forFeature(greet)] });
    await expect(start).rejects.toThrow(/exactly one handler[\s\S]*test\.greet: none/);
  });

  it('fails when a job has two handlers', async () => {
    const start = platformApp({
      stores,
      imports: [QueueModule.forFeature(greet)],
      providers: [Greeter, SecondGreeter],
    });
    await expect(start).rejects.toThrow(/test\.greet: .*Greeter\.greet, .*Greeter\.greet/);
  });

  it('fails when a handled job is declared by nobody', async () => {
    await expect(platformApp({ stores, providers: [SecondGreeter] })).rejects.toThrow(/not declared/);
  });
});
