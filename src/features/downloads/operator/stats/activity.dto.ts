import { ApiProperty } from '@nestjs/swagger';
import { PLATFORMS, type Platform } from '../../links/media-link.js';

class CountsDto {
  @ApiProperty({ type: 'integer' })
  requests!: number;

  @ApiProperty({ type: 'integer' })
  delivered!: number;
}

export class DayActivityDto extends CountsDto {
  @ApiProperty({ format: 'date', description: 'A day of the operator' })
  day!: string;

  @ApiProperty({ type: 'integer' })
  failed!: number;

  @ApiProperty({ type: 'integer' })
  cancelled!: number;

  @ApiProperty({
    type: 'integer',
    description: 'Of the delivered, those that Telegram had already: nothing was downloaded for them',
  })
  fromCache!: number;

  @ApiProperty({ type: 'integer', description: 'People who asked' })
  users!: number;
}

/** Every day from the first to the last, also those on which nothing was asked. */
export class ActivityDto {
  @ApiProperty({ type: [DayActivityDto] })
  days!: DayActivityDto[];
}

export class PlatformShareDto extends CountsDto {
  @ApiProperty({ enum: PLATFORMS })
  platform!: Platform;

  @ApiProperty({ description: 'Of all requests, from 0 to 1' })
  share!: number;
}

/** The most asked for comes first. */
export class PlatformSharesDto {
  @ApiProperty({ type: [PlatformShareDto] })
  platforms!: PlatformShareDto[];
}
