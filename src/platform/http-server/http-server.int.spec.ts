import { Body, Controller, Get, Post, Query, Req } from '@nestjs/common';
import { Type } from 'class-transformer';
import { IsEmail, IsInt, Length, Matches, Max, ValidateNested } from 'class-validator';
import type { Request } from 'express';
import { testStores, type TestStores } from '../../../test/support/stores.js';
import { Public } from '../auth/access.js';
import { DomainError } from '../errors/domain-error.js';
import { NOT_IDEMPOTENT_EXTENSION } from '../idempotency/without-idempotency.decorator.js';
import { buildOpenApi } from './openapi.js';
import { operationsOf } from './openapi-operations.js';
import { startApi, type Call, type TestApi } from './testing/start-api.js';

class ScheduleDto {
  @Matches(/^\d\d:\d\d$/, { message: 'must be a time like 09:30' })
  time!: string;
}

class SampleDto {
  @IsEmail()
  email!: string;

  @Length(2, 5)
  name!: string;

  @ValidateNested()
  @Type(() => ScheduleDto)
  schedule!: ScheduleDto;
}

class PageDto {
  @IsInt()
  @Max(100)
  @Type(() => Number)
  page!: number;
}

@Controller('samples')
@Public()
class SamplesController {
  @Post()
  create(@Body() body: SampleDto): object {
    return { isDto: body instanceof SampleDto && body.schedule instanceof ScheduleDto };
  }

  @Get('page')
  page(@Query() query: PageDto): PageDto {
    return query;
  }

  @Get('limited')
  limited(): never {
    throw new DomainError('samples.limited', 'limit', 'Slow down', { context: { retryAfterSec: 4.2 } });
  }

  @Get('broken')
  broken(): never {
    throw new Error('password of the database is hunter2');
  }
}

describe('HTTP common ground', () => {
  let stores: TestStores;
  let api: TestApi;

  beforeAll(async () => {
    stores = await testStores();
    api = await startApi({ stores, controllers: [SamplesController] });
  });
  afterAll(async () => {
    await api.close();
    await stores.close();
  });

  const problemOf = async (path: string, call?: Call) => {
    const response = await api.call(path, call);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    const problem = (await response.json()) as Record<string, unknown>;
    expect(problem).toMatchObject({ status: response.status, requestId: response.headers.get('x-request-id') });
    expect(problem.type).toBe(`urn:nexus:error:${String(problem.code)}`);
    return problem;
  };

  it('gives a body that fits to its handler as a DTO', async () => {
    const json = { email: 'a@b.co', name: 'abc', schedule: { time: '09:30' } };
    const response = await api.call('/api/v1/samples', { json });
    expect(response.status).toBe(201);
    expect(await response.json()).toEqual({ isDto: true });
  });

  it('names every field that does not fit, nested ones dotted, and fields it does not know', async () => {
    const json = { email: 'nobody', name: 'a', schedule: { time: 'noon' }, role: 'admin' };
    expect(await problemOf('/api/v1/samples', { json })).toMatchObject({
      status: 400,
      code: 'request.invalid',
      errors: [
        { field: 'role', message: 'should not exist' },
        { field: 'email', message: 'must be an email' },
        { field: 'name', message: 'must be longer than or equal to 2 characters' },
        { field: 'schedule.time', message: 'must be a time like 09:30' },
      ],
    });
    expect(await problemOf('/api/v1/samples/page?page=200')).toMatchObject({ errors: [{ field: 'page' }] });
  });

  it('lets no zero byte through to a DTO', async () => {
    const json = { email: 'a@b.co', name: 'abc', schedule: { time: '09:30\0' } };
    expect(await problemOf('/api/v1/samples', { json })).toMatchObject({
      status: 400,
      code: 'request.invalid',
      errors: [{ field: 'schedule.time', message: 'must not have zero bytes' }],
    });
  });

  it('answers an absent body, malformed JSON, a body too large and an unknown route', async () => {
    expect(await problemOf('/api/v1/samples', { method: 'POST' })).toMatchObject({ code: 'request.invalid' });
    const headers = { 'content-type': 'application/json' };
    const malformed = { method: 'POST', headers, body: '{"email":' };
    expect(await problemOf('/api/v1/samples', malformed)).toMatchObject({ status: 400, code: 'request.malformed' });
    const large = { method: 'POST', headers, body: JSON.stringify({ name: 'x'.repeat(1_048_577) }) };
    expect(await problemOf('/api/v1/samples', large)).toMatchObject({ status: 413, code: 'request.too_large' });
    expect(await problemOf('/api/v1/nowhere')).toMatchObject({ status: 404, code: 'request.not_found' });
    expect(await problemOf('/api/v1/samples/page', { method: 'PUT' })).toMatchObject({ code: 'request.not_found' });
    expect(await problemOf('/nowhere/%FF')).toMatchObject({ status: 404 });
  });

  it('takes no forms: a page of another site may send one without asking first', async () => {
    const body = new URLSearchParams({ email: 'a@b.co', name: 'Ada', 'schedule[time]': '09:30' });
    expect(await problemOf('/api/v1/samples', { method: 'POST', body })).toMatchObject({ code: 'request.invalid' });
  });

  it('takes a body of just under a megabyte', async () => {
    const json = { name: 'x'.repeat(1_000_000) };
    expect(await problemOf('/api/v1/samples', { json })).toMatchObject({ code: 'request.invalid' });
  });

  it('says when to try again', async () => {
    const response = await api.call('/api/v1/samples/limited');
    expect(response.status).toBe(429);
    expect(response.headers.get('retry-after')).toBe('5');
  });

  it('tells nothing of what nobody expected', async () => {
    const problem = await problemOf('/api/v1/samples/broken');
    expect(problem).toMatchObject({ status: 500, code: 'internal', title: 'Internal Server Error' });
    expect(JSON.stringify(problem)).not.toContain('hunter2');
  });

  it('takes over a sane request id and replaces any other', async () => {
    const idFor = async (id: string) =>
      (await api.call('/api/v1/health/live', { headers: { 'x-request-id': id } })).headers.get('x-request-id');
    expect(await idFor('edge-1:abc.DEF')).toBe('edge-1:abc.DEF');
    expect(await idFor('<script>')).toMatch(/^[\da-f-]{36}$/);
    expect(await idFor('x'.repeat(129))).toMatch(/^[\da-f-]{36}$/);
  });

  it('sends security headers and does not say what it is made of', async () => {
    const { headers } = await api.call('/api/v1/health/live');
    expect(headers.get('content-security-policy')).toContain("default-src 'self'");
    expect(headers.get('content-security-policy')).not.toContain('upgrade-insecure-requests');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-powered-by')).toBeNull();
  });

  it('serves Swagger UI and the document', async () => {
    const page = await api.call('/docs');
    expect(page.headers.get('content-type')).toContain('text/html');
    expect((await api.call('/docs/swagger-ui-bundle.js')).status).toBe(200);
    const document = (await (await api.call('/docs-json')).json()) as { paths: object };
    expect(Object.keys(document.paths)).toContain('/api/v1/samples');
  });

  it('documents each operation under a name of its own, with problems and idempotency keys', () => {
    const operations = operationsOf(buildOpenApi(api.app));
    const ids = operations.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(expect.arrayContaining(['samplesCreate', 'samplesPage', 'healthLive', 'healthReport']));
    for (const { method, operation } of operations) {
      expect(operation.responses.default).toMatchObject({
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      });
      const takesKey = operation.parameters?.some((parameter) => 'name' in parameter && parameter.in === 'header');
      expect(takesKey ?? false).toBe(method === 'post' && !(NOT_IDEMPOTENT_EXTENSION in operation));
    }
  });
});

describe('behind a proxy', () => {
  it('believes the last hop of X-Forwarded-For only when told to', async () => {
    const stores = await testStores();
    @Controller('address')
    @Public()
    class AddressController {
      @Get()
      address(@Req() { ip }: Request): object {
        return { ip };
      }
    }
    const addressWith = async (env: Record<string, string>) => {
      const api = await startApi({ stores, env, controllers: [AddressController] });
      const headers = { 'x-forwarded-for': '6.6.6.6, 1.2.3.4' };
      const answer = (await (await api.call('/api/v1/address', { headers })).json()) as { ip: string };
      await api.close();
      return answer.ip;
    };
    expect(await addressWith({})).toBe('127.0.0.1');
    expect(await addressWith({ TRUST_PROXY: 'on' })).toBe('1.2.3.4');
    await stores.close();
  });
});
