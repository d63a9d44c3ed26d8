import type { INestApplication } from '@nestjs/common';
import { ANNA_ID, FIRST_ID, JOHN_ID } from '../../../src/sandbox/testing/test-sandbox.js';
import { Database } from '../../../src/platform/database/database.js';
import { Audience } from '../../../src/telegram/index.js';
import { EchoUpdate } from '../../support/echo-bot.js';
import { eventually } from '../../support/eventually.js';
import { telegramWorld, type TelegramWorld } from '../../support/telegram.js';

describe('somebody whom the operator has blocked', () => {
  let world: TelegramWorld;
  let app: INestApplication;
  beforeAll(async () => {
    world = await telegramWorld();
    app = await world.start();
    vi.spyOn(app.get(Audience), 'seen').mockImplementation((_bot, { id }) =>
      Promise.resolve({ tgUserId: id, language: 'en', banned: id === ANNA_ID }),
    );
  });
  afterAll(() => world.close());

  it('is answered by nothing, whatever he writes or presses', async () => {
    const { control } = world;
    const { message } = await control.write(FIRST_ID, ANNA_ID, 'hello');
    await control.write(FIRST_ID, ANNA_ID, 'unexpected');
    await control.press(FIRST_ID, ANNA_ID, message.message_id, 'press:me');
    await control.write(FIRST_ID, JOHN_ID, 'from another');
    await control.messageWith(FIRST_ID, JOHN_ID, 'first en from another');
    const pending = `SELECT 1 FROM telegram_updates WHERE state <> 'done'`;
    await eventually(async () => (await app.get(Database).query(pending)).length === 0);
    expect(app.get(EchoUpdate).heard).toEqual(['from another']);
    const sent = await app.get(Database).query(`SELECT 1 FROM telegram_outbox WHERE chat_id = $1`, [ANNA_ID]);
    expect(sent).toEqual([]);
  });
});
