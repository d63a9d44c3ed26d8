import { ApiProperty } from '@nestjs/swagger';
import { pageOf } from '../../../platform/http-server/paging.js';
import type { ErrorGroup } from './errors.repository.js';

export class ErrorGroupDto {
  @ApiProperty({ example: 'http_403: http error #: forbidden' })
  signature!: string;

  @ApiProperty({ description: 'The newest, as an example' })
  message!: string;

  @ApiProperty({ type: 'integer' })
  count!: number;

  @ApiProperty({ format: 'date-time' })
  firstSeenAt!: string;

  @ApiProperty({ format: 'date-time' })
  lastSeenAt!: string;

  @ApiProperty({ type: [String] })
  platforms!: string[];

  @ApiProperty({ type: [String] })
  providers!: string[];

  @ApiProperty({ type: [String] })
  versions!: string[];

  @ApiProperty({ type: String, nullable: true, description: 'The newest that a person was shown' })
  lastErrorRef!: string | null;

  static of(group: ErrorGroup & { message: string }): ErrorGroupDto {
    const { signature, message, count, firstSeenAt, lastSeenAt, platforms, providers, versions, lastErrorRef } = group;
    return {
      signature,
      message,
      count,
      firstSeenAt: firstSeenAt.toISOString(),
      lastSeenAt: lastSeenAt.toISOString(),
      platforms,
      providers,
      versions,
      lastErrorRef,
    };
  }
}

export const ErrorGroupPageDto = pageOf(ErrorGroupDto);
