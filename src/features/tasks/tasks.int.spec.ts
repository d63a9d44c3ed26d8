import { randomUUID } from 'node:crypto';
import { eventually } from '../../../test/support/eventually.js';
import type { Problem } from '../../platform/errors/problem.js';
import { Events } from '../../platform/events/events.js';
import type { Page } from '../../platform/http-server/paging.js';
import { TasksProcessor } from './running/tasks.processor.js';
import { eventsOf } from './testing/events-of.js';
import { untilStopped } from './testing/scripted-work.js';
import { tasksWorld, type Node, type TasksWorld } from './testing/tasks-world.js';
import { TaskWatch } from './task-watch.js';
import type { Task } from './task.entity.js';
import type { TaskDto } from './tasks.dto.js';
import { TasksRepository } from './tasks.repository.js';

describe('the routes of tasks', () => {
  let world: TasksWorld;
  let owner: string;
  let token: string;
  beforeAll(async () => {
    world = await tasksWorld();
  });
  afterAll(() => world.close());
  beforeEach(async () => {
    world.node.work.runs.length = 0;
    world.node.work.act = untilStopped;
    owner = await world.owner();
    token = await world.token(owner);
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });

  const call = (path: string, request: RequestInit & { as?: string } = {}) =>
    world.node.api.call(`/api/v1${path}`, { token: request.as ?? token, ...request });
  const get = async (path: string) => {
    const response = await call(path);
    return { status: response.status, body: (await response.json()) as TaskDto };
  };
  const list = async (query: string) => {
    const response = await call(`/tasks?${query}`);
    return { status: response.status, body: (await response.json()) as Page<TaskDto> };
  };
  const runs = () => world.node.work.runs;
  const began = () => eventually(() => runs()[0]);

  it('show a task from its beginning to its end', async () => {
    const { id } = await world.node.create(owner, 'one');
    const run = await began();
    run.context.progress(41.7, 'cutting');
    const shown = await eventually(async () => {
      const { body } = await get(`/tasks/${id}`);
      return body.progress > 0 && body;
    });
    const times = { createdAt: expect.any(String) as string, startedAt: expect.any(String) as string };
    const base = { id, kind: 'test.scripted', step: 'cutting', ...times };
    expect(shown).toEqual({ ...base, state: 'running', progress: 41, finishedAt: null });
    run.finish();
    const { status, body } = await get(`/tasks/${id}/result?timeout=10`);
    const finishedAt = expect.any(String) as string;
    expect([status, body]).toEqual([
      200,
      { ...base, state: 'succeeded', progress: 100, result: { name: 'one' }, finishedAt },
    ]);
  });

  it('list the tasks of the caller, the newest first, by state and kind', async () => {
    world.node.work.act = (run) => run.finish();
    for (const name of ['one', 'two', 'three']) await world.node.create(owner, name);
    await world.node.create(await world.owner(), 'of another');
    await eventually(async () => (await list('state=succeeded')).body.total === 3);
    const { body } = await list('pageSize=2&kind=test.scripted');
    expect(body).toMatchObject({ total: 3, page: 1, pageSize: 2 });
    expect(body.items.map(({ result }) => result?.name)).toEqual(['three', 'two']);
    for (const filter of ['state=queued', 'kind=other', 'page=2']) {
      expect((await list(filter)).body.items).toEqual([]);
    }
    for (const filter of ['state=done', 'kind=%00', 'owner=me', 'page=0']) {
      expect((await list(filter)).status).toBe(400);
    }
  });

  it('answer with the result as soon as it is there', async () => {
    const waits = spyOnWaits(world.node);
    const { id } = await world.node.create(owner, 'one');
    const run = await began();
    const answer = get(`/tasks/${id}/result?timeout=60`);
    await eventually(() => waits.mock.calls.length > 0);
    const finished = performance.now();
    run.finish();
    expect((await answer).body.state).toBe('succeeded');
    expect(performance.now() - finished).toBeLessThan(1_000);
  });

  it('answer with the result though its event was lost', async () => {
    const waits = spyOnWaits(world.node);
    const { id } = await world.node.create(owner, 'one');
    const run = await began();
    const answer = get(`/tasks/${id}/result?timeout=60`);
    await eventually(() => waits.mock.calls.length > 0);
    vi.spyOn(world.node.api.app.get(Events), 'publish').mockResolvedValue();
    run.finish();
    expect((await answer).body.state).toBe('succeeded');
  });

  it('say that there is no result yet: at once unless asked to wait, else after that time', async () => {
    const { id } = await world.node.create(owner, 'one');
    await began();
    const expected = { taskId: id, status: 'running' };
    expect(await get(`/tasks/${id}/result`)).toEqual({ status: 202, body: expected });
    const asked = performance.now();
    expect(await get(`/tasks/${id}/result?timeout=1`)).toEqual({ status: 202, body: expected });
    expect(performance.now() - asked).toBeGreaterThan(990);
    for (const timeout of ['61', '-1', '1.5', 'long', '1&timeout=2']) {
      expect((await get(`/tasks/${id}/result?timeout=${timeout}`)).status).toBe(400);
    }
  });

  it('stop waiting when the caller has gone', async () => {
    const waits = spyOnWaits(world.node);
    const { id } = await world.node.create(owner, 'one');
    await began();
    const leave = new AbortController();
    const answer = call(`/tasks/${id}/result?timeout=60`, { signal: leave.signal });
    const wait = await eventually(() => waits.mock.results[0]);
    leave.abort();
    await expect(answer).rejects.toThrow();
    const left = performance.now();
    expect(await (wait.value as Promise<Task>)).toMatchObject({ state: 'running' });
    expect(performance.now() - left).toBeLessThan(4_000);
  });

  it('cancel: what waits at once, what runs when it has ended, and what is over no more', async () => {
    const { id } = await world.node.create(owner, 'one');
    await began();
    expect((await call(`/tasks/${id}`, { method: 'DELETE' })).status).toBe(204);
    expect((await get(`/tasks/${id}/result?timeout=10`)).body).toMatchObject({ state: 'cancelled' });
    expect((await call(`/tasks/${id}`, { method: 'DELETE' })).status).toBe(204);

    world.node.work.act = (run) => run.finish();
    const { id: done } = await world.node.create(owner, 'two');
    await get(`/tasks/${done}/result?timeout=10`);
    const late = await call(`/tasks/${done}`, { method: 'DELETE' });
    expect([late.status, ((await late.json()) as Problem).code]).toEqual([409, 'tasks.finished']);
  });

  it('tell of a task at once, at each change, and end with it', async () => {
    const { id } = await world.node.create(owner, 'one');
    const run = await began();
    const response = await call(`/tasks/${id}/events`);
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    const events = eventsOf(response);
    expect((await events.next()).value).toMatchObject({ id, state: 'running', progress: 0 });
    run.context.progress(10, 'cutting');
    expect((await events.next()).value).toMatchObject({ state: 'running', progress: 10, step: 'cutting' });
    run.finish();
    expect((await events.next()).value).toMatchObject({ state: 'succeeded', progress: 100, result: { name: 'one' } });
    expect((await events.next()).done).toBe(true);

    const again = eventsOf(await call(`/tasks/${id}/events`));
    expect((await again.next()).value).toMatchObject({ state: 'succeeded' });
    expect((await again.next()).done).toBe(true);
  });

  it('are for the owner alone: what is of others is not there', async () => {
    const { id } = await world.node.create(owner, 'mine');
    const run = await began();
    const stranger = await world.token(await world.owner());
    const requests = [
      [`/tasks/${id}`, 'GET'],
      [`/tasks/${id}`, 'DELETE'],
      [`/tasks/${id}/result?timeout=60`, 'GET'],
      [`/tasks/${id}/events`, 'GET'],
    ] as const;
    for (const [path, method] of requests) {
      const foreign = await call(path, { method, as: stranger });
      expect([path, foreign.status, ((await foreign.json()) as Problem).code]).toEqual([path, 404, 'tasks.not_found']);
      expect((await call(path.replace(id, randomUUID()), { method })).status).toBe(404);
      expect((await call(path.replace(id, 'not-an-id'), { method })).status).toBe(400);
      expect((await world.node.api.call(`/api/v1${path}`, { method })).status).toBe(401);
    }
    expect(run.context.signal.aborted).toBe(false);
  });

  it('end their streams when an account is gone', async () => {
    const { id } = await world.node.create(owner, 'one');
    await began();
    const events = eventsOf(await call(`/tasks/${id}/events`));
    await events.next();
    await world.remove(owner);
    await eventually(async () => (await events.next()).done, 10_000);
  });

  it('are forgotten 90 days after their end', async () => {
    const [old, recent, waiting] = [randomUUID(), randomUUID(), randomUUID()];
    const insert = `INSERT INTO tasks (id, user_id, kind, payload, state, finished_at) VALUES ($1, $2, 'test.scripted', '{}', $3, `;
    await world.database.query(`${insert} now() - interval '91 days')`, [old, owner, 'failed']);
    await world.database.query(`${insert} now() - interval '89 days')`, [recent, owner, 'cancelled']);
    await world.database.query(`${insert} NULL)`, [waiting, await world.owner(0), 'queued']);
    await world.node.api.app.get(TasksProcessor, { strict: false }).forget();
    const left = await world.database.query<{ id: string }>('SELECT id FROM tasks WHERE id = ANY($1)', [
      [old, recent, waiting],
    ]);
    expect(left.map(({ id }) => id).sort()).toEqual([recent, waiting].sort());
  });

  it('are read once for each change, not again and again', async () => {
    const { id } = await world.node.create(owner, 'one');
    const run = await began();
    const reads = vi.spyOn(world.node.api.app.get(TasksRepository, { strict: false }), 'find');
    const answer = get(`/tasks/${id}/result?timeout=3`);
    await answer;
    expect(reads.mock.calls.length).toBeLessThanOrEqual(2);
    run.finish();
  });
});

describe('the end of what was opened', () => {
  it('comes with the token', async () => {
    const world = await tasksWorld({ env: { ACCESS_TOKEN_TTL_SEC: '2' } });
    try {
      const owner = await world.owner();
      const { id } = await world.node.create(owner, 'one');
      await eventually(() => world.node.work.runs[0]);
      const token = await world.token(owner);
      const events = eventsOf(await world.node.api.call(`/api/v1/tasks/${id}/events`, { token }));
      expect((await events.next()).done).toBe(false);
      expect((await events.next()).done).toBe(true);
      expect((await world.node.api.call(`/api/v1/tasks/${id}/events`, { token })).status).toBe(401);
    } finally {
      await world.close();
    }
  });

  it('comes with the process, for streams and for those who wait', async () => {
    const world = await tasksWorld();
    try {
      const other = await world.start({ NEXUS_ROLES: 'api' });
      const owner = await world.owner();
      const token = await world.token(owner);
      const { id } = await world.node.create(owner, 'one');
      await eventually(() => world.node.work.runs[0]);
      const events = eventsOf(await other.api.call(`/api/v1/tasks/${id}/events`, { token }));
      await events.next();
      const waits = spyOnWaits(other);
      const answer = other.api.call(`/api/v1/tasks/${id}/result?timeout=60`, { token });
      await eventually(() => waits.mock.calls.length > 0);
      const asked = performance.now();
      await other.stop();
      expect((await events.next()).done).toBe(true);
      expect((await answer).status).toBe(202);
      expect(performance.now() - asked).toBeLessThan(10_000);
    } finally {
      await world.close();
    }
  });
});

function spyOnWaits({ api }: Node) {
  return vi.spyOn(api.app.get(TaskWatch, { strict: false }), 'untilFinished');
}
