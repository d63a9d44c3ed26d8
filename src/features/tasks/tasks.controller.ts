import {
  Controller,
  Delete,
  Get,
  HttpCode,
  HttpStatus,
  Param,
  Query,
  Req,
  Res,
  Sse,
  UseGuards,
  type MessageEvent,
} from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiExtraModels,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
  getSchemaPath,
} from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { map, type Observable } from 'rxjs';
import { Authenticated } from '../../platform/auth/access.js';
import { CurrentUser } from '../../platform/auth/current-user.decorator.js';
import type { Account } from '../../platform/auth/principal.js';
import { ApiProblems } from '../../platform/errors/api-problems.js';
import { EventStreams } from '../../platform/http-server/event-stream.js';
import type { Page } from '../../platform/http-server/paging.js';
import { TaskIsThereGuard } from './task-is-there.guard.js';
import { isFinal } from './task-state.js';
import { TaskWatch } from './task-watch.js';
import { TaskAcceptedDto, TaskDto, TaskIdParam, TaskPageDto, TaskResultQuery, TasksQuery } from './tasks.dto.js';
import { Tasks } from './tasks.js';

@ApiTags('tasks')
@Controller('tasks')
@Authenticated()
export class TasksController {
  constructor(
    private readonly tasks: Tasks,
    private readonly watch: TaskWatch,
    private readonly streams: EventStreams,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Your long work, the newest first' })
  @ApiOkResponse({ type: TaskPageDto })
  @ApiProblems(400)
  async list(@CurrentUser() { id: owner }: Account, @Query() query: TasksQuery): Promise<Page<TaskDto>> {
    const page = await this.tasks.page(owner, query, query);
    return { ...page, items: page.items.map((task) => TaskDto.of(task)) };
  }

  @Get(':taskId')
  @ApiOperation({ summary: 'One task' })
  @ApiOkResponse({ type: TaskDto })
  @ApiProblems(400, 404)
  async get(@CurrentUser() { id: owner }: Account, @Param() { taskId }: TaskIdParam): Promise<TaskDto> {
    return TaskDto.of(await this.tasks.get(owner, taskId));
  }

  @Get(':taskId/result')
  @ApiOperation({ summary: 'A task when it has finished, which may be waited for' })
  @ApiOkResponse({ type: TaskDto, description: 'It has finished' })
  @ApiAcceptedResponse({ type: TaskAcceptedDto, description: 'Not yet: ask again' })
  @ApiProblems(400, 404)
  async result(
    @CurrentUser() { id: owner }: Account,
    @Param() { taskId }: TaskIdParam,
    @Query() { timeout }: TaskResultQuery,
    @Res({ passthrough: true }) response: Response,
  ): Promise<TaskDto | TaskAcceptedDto> {
    const task = await this.watch.untilFinished(owner, taskId, timeout * 1_000, goneSignal(response));
    if (isFinal(task.state)) return TaskDto.of(task);
    response.status(HttpStatus.ACCEPTED);
    return TaskAcceptedDto.of(task);
  }

  @Delete(':taskId')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiOperation({
    summary: 'Cancel a task',
    description: 'What waits ends at once, what is at work when it has cleaned up. May be repeated.',
  })
  @ApiNoContentResponse({ description: 'It is being cancelled' })
  @ApiProblems(400, 404, 409)
  async cancel(@CurrentUser() { id: owner }: Account, @Param() { taskId }: TaskIdParam): Promise<void> {
    await this.tasks.cancel(owner, taskId);
  }

  @Sse(':taskId/events')
  @UseGuards(TaskIsThereGuard)
  @ApiOperation({ summary: 'A task at once, and at each change until it has finished; every 15 s a comment' })
  @ApiExtraModels(TaskDto)
  @ApiOkResponse({
    description: 'Server-sent events whose data is a task',
    content: { 'text/event-stream': { schema: { $ref: getSchemaPath(TaskDto) } } },
  })
  @ApiProblems(400, 404)
  events(
    @CurrentUser() { id: owner }: Account,
    @Param() { taskId }: TaskIdParam,
    @Req() request: Request,
  ): Observable<MessageEvent> {
    const changes = this.watch.follow(owner, taskId);
    return this.streams.open(request, changes.pipe(map((task) => ({ data: TaskDto.of(task) }))));
  }
}

/** Aborted when nobody is there any more to be answered. */
function goneSignal(response: Response): AbortSignal {
  const gone = new AbortController();
  response.once('close', () => {
    gone.abort();
  });
  return gone.signal;
}
