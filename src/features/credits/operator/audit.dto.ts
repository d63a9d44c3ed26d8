import { ApiProperty } from '@nestjs/swagger';
import type { AuditReport, Checked, Problem } from '../audit/audit-report.js';

class CreditProblemDto implements Problem {
  @ApiProperty({ example: 'available_differs' })
  code!: string;

  @ApiProperty({ example: 'account:0f8fad5b-d9cb-469f-a165-70867728950e' })
  subject!: string;

  @ApiProperty({
    oneOf: [{ type: 'number' }, { type: 'string' }],
    nullable: true,
    example: 5,
    description: 'null: nothing',
  })
  expected!: number | string | null;

  @ApiProperty({
    oneOf: [{ type: 'number' }, { type: 'string' }],
    nullable: true,
    example: 7,
    description: 'null: nothing',
  })
  actual!: number | string | null;
}

class CheckedCreditsDto implements Checked {
  @ApiProperty({ type: 'integer', example: 12 })
  accounts!: number;

  @ApiProperty({ type: 'integer', example: 340 })
  entries!: number;

  @ApiProperty({ type: 'integer', example: 100 })
  holds!: number;

  @ApiProperty({ type: 'integer', example: 100, description: 'Jobs that credits were held for' })
  jobs!: number;
}

export class CreditAuditDto {
  @ApiProperty({ description: 'The books add up, and say what the jobs say' })
  ok!: boolean;

  @ApiProperty({ format: 'date-time', description: 'The moment that it is about' })
  checkedAt!: string;

  @ApiProperty({ type: CheckedCreditsDto })
  checked!: CheckedCreditsDto;

  @ApiProperty({ type: [CreditProblemDto], description: 'The first 1000' })
  problems!: CreditProblemDto[];

  static of({ ok, checkedAt, checked, problems }: AuditReport): CreditAuditDto {
    return { ok, checkedAt: checkedAt.toISOString(), checked, problems };
  }
}
