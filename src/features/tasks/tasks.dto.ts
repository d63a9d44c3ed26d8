import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsUUID, Max, Min } from 'class-validator';
import { OneOfFilter, TextFilter } from '../../platform/http-server/filters.js';
import { pageOf, PageQuery } from '../../platform/http-server/paging.js';
import { TASK_STATES, type Task, type TaskState } from './task.entity.js';

const LONGEST_WAIT_SEC = 60;

export class TaskIdParam {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  taskId!: string;
}

export class TasksQuery extends PageQuery {
  @OneOfFilter(TASK_STATES)
  state?: TaskState;

  @TextFilter('E.g. `recordings.process`')
  kind?: string;
}

export class TaskResultQuery {
  @ApiPropertyOptional({
    type: 'integer',
    minimum: 0,
    maximum: LONGEST_WAIT_SEC,
    default: 0,
    description: 'Seconds to wait for the end of the task',
  })
  @IsInt()
  @Min(0)
  @Max(LONGEST_WAIT_SEC)
  @Type(() => Number)
  timeout = 0;
}

/** What a route answers that has asked for long work: 202. */
export class TaskAcceptedDto {
  @ApiProperty({ format: 'uuid', example: '5f3b1c0e-6c1b-4f5e-9d55-0a4f6f1f2a77' })
  taskId!: string;

  @ApiProperty({ enum: TASK_STATES, example: 'queued' })
  status!: TaskState;

  static of({ id, state }: Task): TaskAcceptedDto {
    return { taskId: id, status: state };
  }
}

export class TaskErrorDto {
  @ApiProperty({ example: 'tasks.interrupted' })
  code!: string;

  @ApiProperty({ example: 'The work was interrupted too often' })
  message!: string;
}

export class TaskDto {
  @ApiProperty({ format: 'uuid', example: '5f3b1c0e-6c1b-4f5e-9d55-0a4f6f1f2a77' })
  id!: string;

  @ApiProperty({ example: 'recordings.process' })
  kind!: string;

  @ApiProperty({ enum: TASK_STATES, example: 'running' })
  state!: TaskState;

  @ApiProperty({ type: 'integer', minimum: 0, maximum: 100, example: 42, description: 'Percent; never goes back' })
  progress!: number;

  @ApiProperty({ type: String, nullable: true, example: 'cutting', description: 'What is being done' })
  step!: string | null;

  @ApiPropertyOptional({ type: TaskErrorDto, description: 'Of a failed task' })
  error?: TaskErrorDto;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    example: { recordingId: '0d7c2a9e-3f57-4f0c-8a3c-1b1f5b0f6f11' },
    description: 'Of a task that succeeded, when its kind has one',
  })
  result?: Record<string, unknown>;

  @ApiProperty({ format: 'date-time', example: '2026-11-20T10:00:00.000Z' })
  createdAt!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, example: '2026-11-20T10:00:01.000Z' })
  startedAt!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, example: null })
  finishedAt!: string | null;

  static of({ id, kind, state, progress, step, error, result, createdAt, startedAt, finishedAt }: Task): TaskDto {
    return {
      id,
      kind,
      state,
      progress,
      step,
      ...(error && { error }),
      ...(result && { result }),
      createdAt: createdAt.toISOString(),
      startedAt: startedAt?.toISOString() ?? null,
      finishedAt: finishedAt?.toISOString() ?? null,
    };
  }
}

export const TaskPageDto = pageOf(TaskDto);
