import { Injectable, type INestApplication } from '@nestjs/common';
import { eventually } from '../../../test/support/eventually.js';
import { platformApp } from '../../../test/support/platform.js';
import { testStores, type TestStores } from '../../../test/support/stores.js';
import { Redis } from '../redis/redis.js';
import { defineEvent, OnEvent } from './event.js';
import { Events } from './events.js';

const greeted = defineEvent<string>('test.greeted');

@Injectable()
class Listener {
  readonly heard: string[] = [];

  @OnEvent(greeted)
  hear(name: string): void {
    this.heard.push(name);
  }
}

describe('events', () => {
  let stores: TestStores;
  let app: INestApplication;
  beforeAll(async () => {
    stores = await testStores();
    app = await platformApp({ stores, providers: [Listener] });
  });
  afterAll(async () => {
    await app.close();
    await stores.close();
  });

  it('are heard, whatever else comes on their channel', async () => {
    const redis = app.get(Redis);
    const unhandled: unknown[] = [];
    const note = (reason: unknown) => unhandled.push(reason);
    const others = process.listeners('unhandledRejection');
    process.removeAllListeners('unhandledRejection').on('unhandledRejection', note);
    for (const garbage of ['not JSON', 'null', '[]']) await redis.client.publish(redis.key('events'), garbage);
    await app.get(Events).publish(greeted, 'Ann');
    await eventually(() => app.get(Listener).heard.length > 0);
    process.off('unhandledRejection', note);
    for (const listener of others) process.on('unhandledRejection', listener);
    expect(app.get(Listener).heard).toEqual(['Ann']);
    expect(unhandled).toEqual([]);
  });
});
