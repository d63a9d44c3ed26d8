import { applyDecorators, type Type } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type as Converted } from 'class-transformer';
import { IsIn, IsInt, IsOptional, Max, Min } from 'class-validator';

const LAST_PAGE = 1_000_000;
const LARGEST_PAGE = 100;

/** Which part of a list is asked for. Lists with filters extend it. */
export class PageQuery {
  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: LAST_PAGE, default: 1 })
  @IsInt()
  @Min(1)
  @Max(LAST_PAGE)
  @Converted(() => Number)
  page = 1;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: LARGEST_PAGE, default: 20 })
  @IsInt()
  @Min(1)
  @Max(LARGEST_PAGE)
  @Converted(() => Number)
  pageSize = 20;
}

/** Part of a list; `total` counts all that fit the filters. */
export interface Page<T> {
  items: T[];
  total: number;
  page: number;
  pageSize: number;
}

/** What of the whole list a query wants, as `find` and the query builder of TypeORM take it. */
export function pageWindow({ page, pageSize }: PageQuery): { skip: number; take: number } {
  return { skip: (page - 1) * pageSize, take: pageSize };
}

/** The answer to `query`, from rows and their whole number as `findAndCount` gives them. */
export function pageFrom<Row, T>(
  { page, pageSize }: PageQuery,
  [rows, total]: [Row[], number],
  toItem: (row: Row) => T,
): Page<T> {
  return { items: rows.map((row) => toItem(row)), total, page, pageSize };
}

/** The class that documents a page of items: `UserDto` → schema `UserPageDto`. */
export function pageOf<T>(item: Type<T>): Type<Page<T>> {
  class PageDto implements Page<T> {
    @ApiProperty({ type: [item] })
    items!: T[];

    @ApiProperty({ type: 'integer', description: 'Of all pages' })
    total!: number;

    @ApiProperty({ type: 'integer' })
    page!: number;

    @ApiProperty({ type: 'integer' })
    pageSize!: number;
  }
  Object.defineProperty(PageDto, 'name', { value: `${item.name.replace(/Dto$/, '')}PageDto` });
  return PageDto;
}

/** Marks the query parameter `sort`: `createdAt`, or from the last to the first `-createdAt`. */
export function SortableBy(...fields: string[]): PropertyDecorator {
  const orders = fields.flatMap((field) => [field, `-${field}`]);
  return applyDecorators(ApiPropertyOptional({ enum: orders }), IsOptional(), IsIn(orders));
}

export interface Order {
  field: string;
  direction: 'ASC' | 'DESC';
}

export function orderOf(sort: string): Order {
  return sort.startsWith('-') ? { field: sort.slice(1), direction: 'DESC' } : { field: sort, direction: 'ASC' };
}
