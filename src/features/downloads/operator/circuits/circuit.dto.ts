import { ApiProperty } from '@nestjs/swagger';
import { IsInt, Length, Max, Min } from 'class-validator';
import { PageQuery } from '../../../../platform/http-server/paging.js';
import type { Circuit } from '../../routing/gate/circuits.js';

const LONGEST_MIN = 7 * 24 * 60;
const STATES = ['open', 'half_open'] as const;

export class CircuitsQuery extends PageQuery {}

/** The `:key` of a route. */
export class CircuitParam {
  @ApiProperty({ example: 'p:yt-dlp:youtube:long', description: 'To be URL-encoded' })
  @Length(1, 300)
  key!: string;
}

export class ExtendCircuitDto {
  @ApiProperty({ type: 'integer', minimum: 1, maximum: LONGEST_MIN, description: 'That it stays open longer' })
  @IsInt()
  @Min(1)
  @Max(LONGEST_MIN)
  minutes!: number;
}

export class CircuitDto {
  @ApiProperty({ example: 'p:yt-dlp:youtube:long' })
  key!: string;

  @ApiProperty({ enum: STATES, description: 'half_open: one request at a time is let through as a probe' })
  state!: (typeof STATES)[number];

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'null: until a test has passed' })
  openUntil!: string | null;

  @ApiProperty({ type: 'integer', description: 'How often in a row it has opened' })
  level!: number;

  @ApiProperty({ example: 'HTTP_429' })
  reason!: string;

  static of({ openUntil, ...circuit }: Circuit): CircuitDto {
    return { ...circuit, openUntil: openUntil?.toISOString() ?? null };
  }
}

export class ClosedCircuitDto {
  @ApiProperty({ example: 'p:yt-dlp:youtube:long' })
  key!: string;

  @ApiProperty({ enum: ['closed'] })
  state!: 'closed';
}
