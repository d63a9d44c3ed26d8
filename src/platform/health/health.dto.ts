import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ROLES, type Role } from '../config/process.config.js';
import type { PartStatus } from './health-part.js';

export const OVERALL = ['ok', 'degraded', 'down'] as const;
export type Overall = (typeof OVERALL)[number];

export class AliveDto {
  @ApiProperty({ enum: ['ok'] })
  status!: 'ok';
}

export class ReadinessDto {
  @ApiProperty({ enum: ['ok', 'down'] })
  status!: 'ok' | 'down';
}

export class PartDto {
  @ApiProperty({ example: 'database' })
  name!: string;

  @ApiProperty({ enum: ['ok', 'degraded', 'unavailable'] })
  status!: PartStatus;

  @ApiPropertyOptional()
  reason?: string;

  @ApiPropertyOptional({ example: '17.10' })
  version?: string;
}

export class HealthDto {
  @ApiProperty({ enum: OVERALL, description: 'down: it cannot work; degraded: some part cannot' })
  status!: Overall;

  @ApiProperty({ example: '0.1.0' })
  version!: string;

  @ApiProperty()
  uptimeSec!: number;

  @ApiProperty({ enum: ROLES, isArray: true })
  roles!: Role[];

  @ApiProperty({ description: 'Whether stand-ins take the place of the outside world' })
  sandbox!: boolean;

  @ApiProperty({ type: [PartDto] })
  parts!: PartDto[];
}
