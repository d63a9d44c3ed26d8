import { Controller, Get, Logger as NestLogger } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import { Logger } from 'nestjs-pino';
import { QueryFailedError } from 'typeorm';
import { eventually } from '../../../test/support/eventually.js';
import { ConfigModule } from '../config/config.module.js';
import { processConfig } from '../config/process.config.js';
import { Settings } from '../config/settings.js';
import { configureHttp } from '../http-server/configure-http.js';
import { LoggingModule } from './logging.module.js';
import { ROOT_LOGGER, rootLogger } from './root-logger.js';

@Controller()
class SamplesController {
  private readonly logger = new NestLogger('Samples');

  @Get('talk')
  talk(): object {
    this.logger.log({ password: 'hunter2' }, 'asked https://api.telegram.org/bot1:AAA/getMe');
    return {};
  }

  @Get('broken')
  broken(): never {
    throw new Error('out of order');
  }

  @Get('unkept')
  unkept(): never {
    throw new QueryFailedError('UPDATE users SET password_hash = $1', ['$argon2id$hash'], new Error('out of space'));
  }

  @Get('health/live')
  live(): object {
    return {};
  }
}

type Line = Record<string, unknown>;

describe('logging', () => {
  let app: NestExpressApplication;
  let url: string;
  const lines: Line[] = [];
  const lineWith = (fields: Line) =>
    eventually(() => lines.find((line) => Object.entries(fields).every(([name, value]) => line[name] === value)));

  beforeAll(async () => {
    const stream = { write: (text: string) => void lines.push(JSON.parse(text) as Line) };
    const module = await Test.createTestingModule({
      imports: [ConfigModule.forRoot(Settings.read([processConfig], {})), LoggingModule],
      controllers: [SamplesController],
    })
      .overrideProvider(ROOT_LOGGER)
      .useValue(rootLogger('debug', stream))
      .compile();
    app = module.createNestApplication<NestExpressApplication>({ bufferLogs: true });
    app.useLogger(app.get(Logger));
    configureHttp(app);
    await app.listen(0, '127.0.0.1');
    url = await app.getUrl();
  });
  afterAll(() => app.close());
  beforeEach(() => {
    lines.length = 0;
  });

  const call = (path: string) =>
    fetch(`${url}/api/v1/${path}`, { headers: { 'x-request-id': 'id-1', authorization: 'Bearer abc' } });

  it('puts the request id on each line of a request and hides secrets', async () => {
    await call('talk?token=abc');
    const said = await lineWith({ context: 'Samples' });
    expect(said).toMatchObject({ requestId: 'id-1', password: '••••' });
    expect(said.msg).toBe('asked https://api.telegram.org/bot1:••••/getMe');
    const end = await lineWith({ status: 200 });
    expect(end).toMatchObject({ level: 30, method: 'GET', url: '/api/v1/talk?token=••••', requestId: 'id-1' });
    expect(end.msg).toBe('GET /api/v1/talk 200');
    expect(JSON.stringify(lines)).not.toContain('Bearer');
  });

  it('logs a fault once with its stack, and the failed request without', async () => {
    await call('broken');
    expect(await lineWith({ status: 500 })).toMatchObject({ level: 50, requestId: 'id-1' });
    const faults = lines.filter((line) => 'err' in line);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatchObject({ requestId: 'id-1', context: 'Http' });
    expect((faults[0]?.err as Line).stack).toContain('out of order');
  });

  it('keeps health probes at debug', async () => {
    await call('health/live');
    expect(await lineWith({ url: '/api/v1/health/live' })).toMatchObject({ level: 20 });
  });

  it('logs requests that never reach a controller too', async () => {
    await fetch(`${url}/favicon.svg`);
    expect(await lineWith({ url: '/favicon.svg' })).toMatchObject({ level: 20, status: 404 });
    const headers = { 'content-type': 'application/json' };
    await fetch(`${url}/api/v1/talk`, { method: 'POST', headers, body: '{' });
    expect(await lineWith({ method: 'POST' })).toMatchObject({ level: 30, status: 400 });
  });

  it('tells of requests neither headers nor queries, and of statements no values', async () => {
    await fetch(`${url}/api/v1/talk?code=abc&word=hello`, { headers: { 'x-secret-word': 'mellon' } });
    await lineWith({ msg: 'GET /api/v1/talk 200' });
    await fetch(`${url}/api/v1/unkept`);
    await lineWith({ msg: 'GET /api/v1/unkept 500' });
    const told = JSON.stringify(lines);
    expect(told).toContain('UPDATE users');
    for (const secret of ['mellon', 'argon2id', 'code=abc']) expect(told).not.toContain(secret);
  });
});
