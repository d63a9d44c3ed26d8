import type { SelectQueryBuilder } from 'typeorm';
import { InvalidRequest } from '../errors/invalid-request.js';
import { validationPipe } from '../errors/validation.js';
import { containing, FlagFilter, narrow, OneOfFilter, TextFilter, TimeFilter } from './filters.js';

class CatsQuery {
  @TextFilter()
  name?: string;

  @OneOfFilter(['black', 'white'])
  colour?: string;

  @FlagFilter()
  asleep?: boolean;

  @TimeFilter('Born at this time or later')
  from?: Date;
}

const parsed = async (query: object) =>
  (await validationPipe().transform(query, { type: 'query', metatype: CatsQuery })) as CatsQuery;

describe('filters of a list', () => {
  it('are what a query says, and nothing when it says nothing', async () => {
    expect(await parsed({})).toEqual(new CatsQuery());
    const query = { name: 'Tom', colour: 'black', asleep: 'false', from: '2026-11-20T10:00:00+02:00' };
    expect(await parsed(query)).toMatchObject({ ...query, asleep: false, from: new Date('2026-11-20T08:00:00Z') });
    expect(await parsed({ asleep: 'true' })).toMatchObject({ asleep: true });
  });

  it.each([
    ['2026-11-20', '2026-11-20T00:00:00Z'],
    ['2026-11-20T10:00', '2026-11-20T10:00:00Z'],
    ['2026-W47-5', '2026-11-20T00:00:00Z'],
  ])('take %s for a time in UTC', async (from, meant) => {
    expect((await parsed({ from })).from).toEqual(new Date(meant));
  });

  it.each([
    ['name', ''],
    ['name', 'T\0m'],
    ['name', 'T'.repeat(501)],
    ['name', ['Tom', 'Tim']],
    ['colour', 'blue'],
    ['colour', ['black']],
    ['asleep', '1'],
    ['asleep', ''],
    ['from', 'yesterday'],
    ['from', '10:00'],
    ['from', '1'],
    ['from', '2026-02-30T00:00:00Z'],
    ['from', '2026-W60'],
    ['from', ['2026-11-20']],
    ['size', 'large'],
  ])('are refused: %s=%j', async (field, value) => {
    const refused = await parsed({ [field]: value }).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(InvalidRequest);
    expect(new Set((refused as InvalidRequest).errors.map((error) => error.field))).toEqual(new Set([field]));
  });

  it('look for a text as it stands', () => {
    expect(containing('100%_\\')).toBe('%100\\%\\_\\\\%');
    expect(containing(undefined)).toBeUndefined();
  });

  it('become conditions of those that are set', () => {
    const conditions: [string, object][] = [];
    const rows = { alias: 'cat', andWhere: (...condition: [string, object]) => conditions.push(condition) };
    const filters: CatsQuery & { id: number } = { id: 7, name: 'Tom', colour: undefined, asleep: false };
    const narrowed = narrow(rows as unknown as SelectQueryBuilder<{ id: number; name: string }>, filters, {
      colour: 'cat.fur = :colour',
      asleep: '(cat.awakeSince IS NULL) = :asleep',
      from: 'cat.bornAt >= :from',
    });
    expect(narrowed).toBe(rows);
    expect(conditions).toEqual([
      ['cat.id = :id', { id: 7 }],
      ['cat.name = :name', { name: 'Tom' }],
      ['(cat.awakeSince IS NULL) = :asleep', { asleep: false }],
    ]);
  });
});
