import { ApiProperty } from '@nestjs/swagger';

/** What KIE takes for a yes. */
export class KieCallbackTakenDto {
  @ApiProperty({ example: 200 })
  code!: number;

  @ApiProperty({ example: 'success' })
  msg!: string;
}

class KieCallbackTaskDto {
  @ApiProperty({ example: 'task_5c79be8e6c8c4b0f9a1d2e3f4a5b6c7d' })
  taskId!: string;

  @ApiProperty({ example: 'success', description: 'Not believed: the task is asked after' })
  state!: string;
}

/** For the document alone: whatever else is sent is answered, too. */
export class KieCallbackDto {
  @ApiProperty({ example: 200 })
  code!: number;

  @ApiProperty({ type: KieCallbackTaskDto })
  data!: KieCallbackTaskDto;
}
