import { ApiProperty } from '@nestjs/swagger';

/** People of bots: one who uses two of them counts twice. */
export class AudienceFiguresDto {
  @ApiProperty({ type: 'integer' })
  total!: number;

  @ApiProperty({ type: 'integer', description: 'Seen first in the last 24 h' })
  new1Day!: number;

  @ApiProperty({ type: 'integer' })
  new7Days!: number;

  @ApiProperty({ type: 'integer' })
  new30Days!: number;

  @ApiProperty({ type: 'integer', description: 'Seen in the last 24 h' })
  active1Day!: number;

  @ApiProperty({ type: 'integer' })
  active7Days!: number;

  @ApiProperty({ type: 'integer' })
  active30Days!: number;

  @ApiProperty({ type: 'integer', description: 'They block the bot' })
  blocked!: number;

  @ApiProperty({ type: 'integer', description: 'The operator blocks them' })
  banned!: number;
}

export class BotAudienceDto extends AudienceFiguresDto {
  @ApiProperty()
  bot!: string;
}

export class AudienceStatsDto extends AudienceFiguresDto {
  @ApiProperty({ type: [BotAudienceDto] })
  bots!: BotAudienceDto[];
}
