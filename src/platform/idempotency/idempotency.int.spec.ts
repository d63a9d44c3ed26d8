import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { IsInt } from 'class-validator';
import { testStores, type TestStores } from '../../../test/support/stores.js';
import { Authenticated, Public } from '../auth/access.js';
import { AccessTokens } from '../auth/access-tokens.js';
import { ManualClock } from '../clock/testing/manual-clock.js';
import { Database } from '../database/database.js';
import { DomainError } from '../errors/domain-error.js';
import { startApi, type TestApi } from '../http-server/testing/start-api.js';
import { IdempotencyKey } from './idempotency-key.entity.js';
import { IdempotencyKeys } from './idempotency-keys.js';
import { WithoutIdempotency } from './without-idempotency.decorator.js';

class PaymentDto {
  @IsInt()
  amount!: number;
}

/** What the handlers do; each test says how. */
const work = { runs: 0, before: (): void | Promise<void> => undefined };

async function pay(): Promise<number> {
  work.runs += 1;
  const run = work.runs;
  await work.before();
  return run;
}

@Controller('payments')
@Authenticated()
class PaymentsController {
  @Post()
  async create(@Body() { amount }: PaymentDto): Promise<object> {
    return { run: await pay(), amount, at: new Date(0) };
  }

  @Post(':id/refund')
  @HttpCode(200)
  async refund(@Param('id') id: string): Promise<object> {
    return { run: await pay(), id };
  }

  @Delete(':id')
  @HttpCode(204)
  async remove(): Promise<void> {
    await pay();
  }

  @Get()
  async list(): Promise<object> {
    return { run: await pay() };
  }

  @Post('token')
  @WithoutIdempotency()
  async token(): Promise<object> {
    return { run: await pay() };
  }

  @Post('open')
  @Public()
  async open(): Promise<object> {
    return { run: await pay() };
  }
}

describe('Idempotency-Key', () => {
  let stores: TestStores;
  let api: TestApi;
  let ada: string;
  let bob: string;
  let keys = 0;
  let key: string;

  beforeAll(async () => {
    stores = await testStores();
    api = await startApi({ stores, controllers: [PaymentsController] });
    const tokens = api.app.get(AccessTokens);
    const tokenOf = async (id: string) => (await tokens.issue({ id, email: 'a@b.co', role: 'user' })).token;
    [ada, bob] = [await tokenOf('ada'), await tokenOf('bob')];
  });
  afterAll(async () => {
    await api.close();
    await stores.close();
  });
  beforeEach(() => {
    key = `key-${++keys}`;
    work.runs = 0;
    work.before = () => undefined;
  });

  interface Request {
    json?: unknown;
    token?: string | null;
    method?: string;
    named?: string;
  }

  const ask = async (path = '', { json, token = ada, method = 'POST', named = key }: Request = {}) => {
    const headers = { 'idempotency-key': named };
    const response = await api.call(`/api/v1/payments${path}`, { json, method, headers, token: token ?? undefined });
    const text = await response.text();
    return {
      status: response.status,
      text,
      body: (text ? JSON.parse(text) : undefined) as Record<string, unknown> | undefined,
      replayed: response.headers.get('idempotency-replayed'),
      type: response.headers.get('content-type'),
    };
  };

  it('runs a write once and repeats status and body', async () => {
    const first = await ask('', { json: { amount: 5 } });
    const second = await ask('', { json: { amount: 5 } });
    expect(first).toMatchObject({ status: 201, replayed: null, body: { run: 1, amount: 5 } });
    expect(second).toEqual({ ...first, replayed: 'true' });
    expect(work.runs).toBe(1);
  });

  it('repeats an answer without a body', async () => {
    expect(await ask('/7', { method: 'DELETE' })).toMatchObject({ status: 204, text: '', replayed: null });
    expect(await ask('/7', { method: 'DELETE' })).toMatchObject({ status: 204, text: '', replayed: 'true' });
    expect(work.runs).toBe(1);
  });

  it('refuses the key for another body and for another thing of the same route', async () => {
    const mismatch = { status: 422, body: { code: 'request.idempotency_mismatch' } };
    await ask('', { json: { amount: 5 } });
    expect(await ask('', { json: { amount: 6 } })).toMatchObject(mismatch);
    await ask('/1/refund');
    expect(await ask('/2/refund')).toMatchObject(mismatch);
    expect(work.runs).toBe(2);
  });

  it('keeps keys apart by caller and route', async () => {
    await ask('', { json: { amount: 5 } });
    expect((await ask('', { json: { amount: 5 }, token: bob })).body?.run).toBe(2);
    expect((await ask('/1/refund')).body?.run).toBe(3);
  });

  it('of requests that come together runs one and tells the others that it runs', async () => {
    let release = (): void => undefined;
    let entered = (): void => undefined;
    const isIn = new Promise<void>((resolve) => (entered = resolve));
    work.before = () => {
      entered();
      return new Promise((resolve) => (release = resolve));
    };
    const first = ask('', { json: { amount: 5 } });
    await isIn;
    const others = await Promise.all([1, 2, 3].map(() => ask('', { json: { amount: 5 } })));
    for (const other of others) expect(other).toMatchObject({ status: 409, body: { code: 'request.in_progress' } });
    release();
    expect((await first).status).toBe(201);
    expect(await ask('', { json: { amount: 5 } })).toMatchObject({ status: 201, replayed: 'true' });
    expect(work.runs).toBe(1);
  });

  it('repeats a refusal, as the same problem', async () => {
    work.before = () => {
      throw new DomainError('payments.poor', 'payment_required', 'Not enough credits');
    };
    const first = await ask('', { json: { amount: 5 } });
    expect(first).toMatchObject({ status: 402, body: { code: 'payments.poor' } });
    expect(await ask('', { json: { amount: 5 } })).toEqual({ ...first, replayed: 'true' });
    expect(first.type).toContain('application/problem+json');
    expect(work.runs).toBe(1);
  });

  it.each([
    ['a fault', () => new Error('out of order'), 500],
    ['a limit', () => new DomainError('payments.slow', 'limit', 'Slow down'), 429],
    ['a refusal that may pass', () => new DomainError('payments.busy', 'conflict', 'Busy', { retryable: true }), 409],
  ])('forgets the key after %s', async (_, failure, status) => {
    work.before = () => {
      throw failure();
    };
    expect((await ask('', { json: { amount: 5 } })).status).toBe(status);
    work.before = () => undefined;
    expect(await ask('', { json: { amount: 5 } })).toMatchObject({ status: 201, replayed: null, body: { run: 2 } });
  });

  it('has no say in reads, in routes that opt out, for strangers and without the header', async () => {
    for (let run = 1; run <= 2; run++) expect((await ask('', { method: 'GET' })).body?.run).toBe(run);
    for (let run = 3; run <= 4; run++) expect((await ask('/token')).body?.run).toBe(run);
    for (let run = 5; run <= 6; run++) expect((await ask('/open', { token: null })).body?.run).toBe(run);
    expect((await api.call('/api/v1/payments', { json: { amount: 1 }, token: ada })).status).toBe(201);
    expect(work.runs).toBe(7);
  });

  it('refuses a key that is too long or empty', async () => {
    const errors = [{ field: 'Idempotency-Key', message: 'must have 1 to 255 characters' }];
    for (const named of ['x'.repeat(256), '']) {
      const answer = await ask('', { json: { amount: 5 }, named });
      expect(answer).toMatchObject({ status: 400, body: { code: 'request.invalid', errors } });
    }
  });

  describe('over time', () => {
    const clock = new ManualClock(Date.now());
    const write = { caller: 'ada', route: 'POST /x', key: 'timed', requestHash: 'h' };
    let store: IdempotencyKeys;
    beforeEach(async () => {
      store = new IdempotencyKeys(api.app.get(Database), clock);
      await api.app.get(Database).repository(IdempotencyKey).clear();
    });

    const claimed = async () => {
      const found = await store.claim(write);
      if (found.outcome !== 'claimed') throw new Error(found.outcome);
      return found.claim;
    };

    it('takes over what has run for a minute, and the first run cannot answer for the second', async () => {
      const first = await claimed();
      clock.advance(59_999);
      expect(await store.claim(write)).toEqual({ outcome: 'running' });
      expect(await store.claim({ ...write, requestHash: 'other' })).toEqual({ outcome: 'mismatch' });
      clock.advance(1);
      expect(await store.claim({ ...write, requestHash: 'other' })).toEqual({ outcome: 'mismatch' });
      const second = await claimed();
      await store.finish(first, { status: 200, body: '1' });
      expect(await store.claim(write)).toEqual({ outcome: 'running' });
      await store.finish(second, { status: 201, body: '2' });
      expect(await store.claim(write)).toEqual({ outcome: 'finished', answer: { status: 201, body: '2' } });
    });

    it('gives one of many the crashed request', async () => {
      await claimed();
      clock.advance(60_000);
      const found = await Promise.all(Array.from({ length: 8 }, () => store.claim(write)));
      expect(found.filter(({ outcome }) => outcome === 'claimed')).toHaveLength(1);
    });

    it('forgets after a day, on asking and on cleaning', async () => {
      await store.finish(await claimed(), { status: 200, body: null });
      clock.advance(24 * 3_600_000 - 1);
      expect((await store.claim(write)).outcome).toBe('finished');
      expect(await store.deleteExpired()).toBe(0);
      clock.advance(1);
      const again = await claimed();
      await store.finish(again, { status: 200, body: null });
      clock.advance(24 * 3_600_000);
      expect(await store.deleteExpired()).toBe(1);
    });
  });
});
