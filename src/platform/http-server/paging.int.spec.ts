import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiProperty } from '@nestjs/swagger';
import { testStores, type TestStores } from '../../../test/support/stores.js';
import { Public } from '../auth/access.js';
import type { FieldProblem } from '../errors/problem.js';
import { buildOpenApi } from './openapi.js';
import { orderOf, pageFrom, pageOf, PageQuery, pageWindow, SortableBy, type Order, type Page } from './paging.js';
import { startApi, type TestApi } from './testing/start-api.js';

class NumberDto {
  @ApiProperty()
  value!: number;
}

class NumbersQuery extends PageQuery {
  @SortableBy('value')
  sort = '-value';
}

@Controller('numbers')
@Public()
class NumbersController {
  @Get()
  @ApiOkResponse({ type: pageOf(NumberDto) })
  list(@Query() query: NumbersQuery): Page<NumberDto> & { order: Order } {
    const { skip, take } = pageWindow(query);
    const all = Array.from({ length: 45 }, (_, index) => index);
    const page = pageFrom(query, [all.slice(skip, skip + take), all.length], (value) => ({ value }));
    return { ...page, order: orderOf(query.sort) };
  }
}

describe('pages of lists', () => {
  let stores: TestStores;
  let api: TestApi;

  beforeAll(async () => {
    stores = await testStores();
    api = await startApi({ stores, controllers: [NumbersController] });
  });
  afterAll(async () => {
    await api.close();
    await stores.close();
  });

  const list = async (query: string) =>
    (await (await api.call(`/api/v1/numbers${query}`)).json()) as Page<NumberDto> & { order: Order };

  it('are of twenty, the first one, unless asked otherwise', async () => {
    const first = await list('');
    expect(first).toMatchObject({ total: 45, page: 1, pageSize: 20, order: { field: 'value', direction: 'DESC' } });
    expect(first.items).toHaveLength(20);
    const third = await list('?page=3&pageSize=20&sort=value');
    expect(third).toMatchObject({ total: 45, page: 3, pageSize: 20, order: { field: 'value', direction: 'ASC' } });
    expect(third.items.map(({ value }) => value)).toEqual([40, 41, 42, 43, 44]);
    expect((await list('?page=4')).items).toEqual([]);
  });

  it.each(['page=0', 'page=1.5', 'page=x', 'page=1e300', 'pageSize=0', 'pageSize=101', 'sort=secret'])(
    'are refused for %s',
    async (query) => {
      const response = await api.call(`/api/v1/numbers?${query}`);
      expect(response.status).toBe(400);
      const { errors } = (await response.json()) as { errors: FieldProblem[] };
      expect(new Set(errors.map(({ field }) => field))).toEqual(new Set([query.split('=')[0]]));
    },
  );

  it('are documented by the name of what they list', () => {
    const { components, paths } = buildOpenApi(api.app);
    expect(components?.schemas?.NumberPageDto).toMatchObject({
      required: ['items', 'total', 'page', 'pageSize'],
      properties: { items: { type: 'array', items: { $ref: '#/components/schemas/NumberDto' } } },
    });
    const parameters = paths['/api/v1/numbers']?.get?.parameters;
    expect(parameters).toMatchObject([{ name: 'page' }, { name: 'pageSize' }, { name: 'sort', required: false }]);
  });
});
