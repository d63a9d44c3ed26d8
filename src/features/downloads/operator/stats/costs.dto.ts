import { ApiProperty } from '@nestjs/swagger';

class CostDto {
  @ApiProperty({ example: '1.204', description: 'Dollars' })
  costUsd!: string;

  @ApiProperty({ type: 'integer', description: 'Attempts that succeeded' })
  successes!: number;

  @ApiProperty({ type: String, nullable: true, example: '0.004', description: 'null: nothing succeeded' })
  costPerSuccessUsd!: string | null;
}

export class DayCostDto extends CostDto {
  @ApiProperty({ format: 'date', description: 'A day of the operator' })
  day!: string;

  @ApiProperty()
  provider!: string;
}

export class ProviderCostDto extends CostDto {
  @ApiProperty()
  provider!: string;

  @ApiProperty({ description: 'Dollars of the month that is going on' })
  monthUsd!: string;
}

export class TotalCostDto extends CostDto {
  @ApiProperty({ description: 'Dollars of the month that is going on' })
  monthUsd!: string;
}

/** What attempts have cost. Providers that cost nothing are counted in the total only. */
export class CostsDto {
  @ApiProperty({ type: [DayCostDto], description: 'Days and providers that cost something' })
  days!: DayCostDto[];

  @ApiProperty({ type: [ProviderCostDto] })
  providers!: ProviderCostDto[];

  @ApiProperty()
  total!: TotalCostDto;
}
