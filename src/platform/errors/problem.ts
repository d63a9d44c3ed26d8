import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

export const PROBLEM_CONTENT_TYPE = 'application/problem+json';

export class FieldProblem {
  @ApiProperty({ example: 'schedule.time', description: 'Where in the body, dotted' })
  field!: string;

  @ApiProperty({ example: 'must be a time like 09:30' })
  message!: string;
}

/** The body of every failed request: RFC 9457 problem details, with a code for programs and a sentence for people. */
export class Problem {
  @ApiProperty({ example: 'urn:nexus:error:request.invalid' })
  type!: string;

  @ApiProperty({ example: 'Bad Request' })
  title!: string;

  @ApiProperty({ example: 400 })
  status!: number;

  @ApiProperty({ example: 'Some fields do not fit' })
  detail!: string;

  @ApiProperty({ example: 'request.invalid' })
  code!: string;

  @ApiPropertyOptional({ type: [FieldProblem] })
  errors?: FieldProblem[];

  @ApiProperty({
    example: 'b1946ac9-2d7e-4f37-9c0a-5f2f7f0c4d11',
    description: 'The X-Request-Id of the answer: by it the request is found in the logs',
  })
  requestId!: string;
}
