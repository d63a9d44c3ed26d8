import { text } from 'node:stream/consumers';
import { inspect } from 'node:util';
import type { INestApplication } from '@nestjs/common';
import { eventually } from '../../../test/support/eventually.js';
import { telegramWorld, type TelegramWorld } from '../../../test/support/telegram.js';
import { ANNA_ID, FIRST_BOT, FIRST_ID } from '../../sandbox/testing/test-sandbox.js';
import type { FaultSpec } from '../../sandbox/world/faults.js';
import { BotFileError, BotFiles } from '../index.js';

describe('BotFiles', () => {
  let world: TelegramWorld;
  let app: INestApplication;

  beforeAll(async () => {
    world = await telegramWorld();
    app = await world.start();
  });
  afterAll(() => world.close());
  afterEach(async () => {
    await world.control.request('DELETE', '/faults');
    await world.control.post('/settings', { local: false });
  });

  const send = async (content: string) => {
    const form = new FormData();
    form.append('userId', String(ANNA_ID));
    form.append('document', new Blob([content]), 'product.jpg');
    const { message } = await world.control.post<{ message: { document: { file_id: string } } }>(
      `/chats/${FIRST_ID}/${ANNA_ID}/messages`,
      form,
    );
    return message.document.file_id;
  };
  const open = (fileId: string, { maxBytes = 100, from = app, signal = new AbortController().signal } = {}) =>
    from.get(BotFiles).open('first', fileId, maxBytes, signal);
  const failure = async (opening: Promise<unknown>) => {
    const error: unknown = await opening.then(
      () => null,
      (reason: unknown) => reason,
    );
    if (!(error instanceof BotFileError)) throw new Error('It is no BotFileError', { cause: error });
    return error;
  };

  it('downloads what a person has sent', async () => {
    expect(await text(await open(await send('a picture')))).toBe('a picture');
  });

  it('takes no more than is wanted', async () => {
    expect((await failure(open(await send('x'.repeat(101))))).code).toBe('too_large');
    expect(await text(await open(await send('x'.repeat(100))))).toHaveLength(100);
  });

  it('knows what Telegram does not have any more', async () => {
    expect((await failure(open('AgADnothing'))).code).toBe('gone');
  });

  it.each<[string, FaultSpec]>([
    ['answers with a failure', { kind: 'error', status: 500, description: 'Internal Server Error' }],
    ['breaks off', { kind: 'drop', when: 'before' }],
  ])('tells when Telegram %s, and never the token', async (_what, fault) => {
    const fileId = await send('a picture');
    await world.control.addFault({ ...fault, method: 'getFile' });
    const error = await failure(open(fileId));
    expect(error.code).toBe('unreachable');
    expect(inspect(error, { depth: 10 })).not.toContain(FIRST_BOT.token);
  });

  it('ends with the signal', async () => {
    const fileId = await send('a picture');
    await world.control.addFault({ method: 'getFile', kind: 'hang', when: 'before' });
    const stop = new AbortController();
    const opening = open(fileId, { signal: stop.signal }).catch((error: unknown) => error);
    await eventually(async () => (await world.control.faults()).some(({ held }) => held === 1));
    stop.abort(new Error('enough'));
    expect(await opening).toEqual(new Error('enough'));
  });

  it('reads from the disk that a local server shares', async () => {
    const sharing = await world.start({ TELEGRAM_LOCAL_FILES: 'true', NEXUS_ROLES: 'api' });
    await world.control.post('/settings', { local: true });
    expect(await text(await open(await send('a picture'), { from: sharing }))).toBe('a picture');
    expect((await failure(open(await send('x'.repeat(101)), { from: sharing }))).code).toBe('too_large');
  });
});
