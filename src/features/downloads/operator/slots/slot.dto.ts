import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayUnique, IsArray, IsInt, IsObject, Matches, Max, Min, ValidateNested } from 'class-validator';

const LARGEST_LIMIT = 1_000;
const KEY = /^[A-Za-z0-9][\w.-]{0,63}(?::[A-Za-z0-9][\w.-]{0,63})?$/;

export class SlotLimitDto {
  @ApiProperty({ example: 'youtube:yt-dlp', description: 'What is limited, or `{family}:{provider}`' })
  @Matches(KEY, { message: 'must be a name, or a family and a provider like youtube:yt-dlp' })
  key!: string;

  @ApiProperty({ type: 'integer', minimum: 0, maximum: LARGEST_LIMIT, description: 'All processes together' })
  @IsInt()
  @Min(0)
  @Max(LARGEST_LIMIT)
  limit!: number;
}

export class SlotLimitsDto {
  @ApiProperty({ type: [SlotLimitDto], description: 'Those that are not named stay as they are' })
  @IsArray()
  @IsObject({ each: true })
  @ArrayUnique(({ key }: SlotLimitDto) => key, { message: 'must name each key once' })
  @ValidateNested({ each: true })
  @Type(() => SlotLimitDto)
  items!: SlotLimitDto[];
}

export class SlotDto {
  @ApiProperty({ example: 'youtube:yt-dlp' })
  key!: string;

  @ApiProperty({ type: 'integer' })
  limit!: number;

  @ApiProperty({ type: 'integer', description: 'Held at the moment' })
  used!: number;
}

export class SlotsDto {
  @ApiProperty({ type: [SlotDto], description: 'What is not listed has a limit of 10' })
  items!: SlotDto[];
}
