import type { Type } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { accountRemoved, Quotas } from '../../accounts/index.js';
import { accountsGround } from '../../accounts/testing/accounts-ground.js';
import { makeUser } from '../../accounts/testing/make-user.js';
import { tokenOf } from '../../accounts/testing/token-of.js';
import { Database } from '../../../platform/database/database.js';
import { startApi, type TestApi } from '../../../platform/http-server/testing/start-api.js';
import { programsConfig } from '../../../platform/programs/programs.config.js';
import { ProgramsModule } from '../../../platform/programs/programs.module.js';
import { Events } from '../../../platform/events/events.js';
import { Jobs } from '../../../platform/queue/jobs.js';
import { Redis } from '../../../platform/redis/redis.js';
import { testStores, type TestStores } from '../../../../test/support/stores.js';
import { TasksModule, Tasks } from '../index.js';
import { TasksProcessor } from '../running/tasks.processor.js';
import type { Task } from '../task.entity.js';
import { runTask } from '../tasks.jobs.js';
import { scriptedTask, ScriptedWork } from './scripted-work.js';

/** A process that plays all roles. */
export interface Node {
  api: TestApi;
  work: ScriptedWork;
  create(owner: string, name: string, dedupKey?: string): Promise<Task>;
  cancel(owner: string, id: string): Promise<void>;
  find(owner: string, id: string): Promise<Task>;
  /** What the schedule does every few seconds. */
  reconcile(): Promise<void>;
  /** Until `resume` it takes nothing new. */
  pause(): Promise<void>;
  resume(): Promise<void>;
  /** Ends it in good order. */
  stop(): Promise<void>;
  /** Cuts it off from everything, as if it were dead. */
  kill(): Promise<void>;
}

export interface TasksWorld {
  database: Database;
  /** @returns the id of an account with this many tasks at work at once */
  owner(maxConcurrentTasks?: number): Promise<string>;
  /** The account with all it has, as when it is deleted. */
  remove(owner: string): Promise<void>;
  token(owner: string): Promise<string>;
  /** As many tasks at work as the owner's quota says. */
  runningOf(owner: string): Promise<number>;
  /** The first node. */
  node: Node;
  start(env?: Record<string, string>): Promise<Node>;
  /** The worker of a task has not been heard of for too long. */
  endLease(id: string): Promise<void>;
  close(): Promise<void>;
}

/** Tasks on real stores, in as many processes as a test starts. */
export async function tasksWorld({ env: common = {}, providers = [] }: Parts = {}): Promise<TasksWorld> {
  const stores = await testStores();
  const nodes = new Set<Node>();
  const start = async (env: Record<string, string> = {}) => {
    const node = await startNode(stores, { ...common, ...env }, providers, () => nodes.delete(node));
    nodes.add(node);
    return node;
  };
  const node = await start();
  const database = node.api.app.get(Database);
  return {
    database,
    node,
    start,
    owner: async (maxConcurrentTasks = 3) => {
      const user = await makeUser(database);
      await database.query(
        `UPDATE users SET quotas = quotas || jsonb_build_object('maxConcurrentTasks', $2::int) WHERE id = $1`,
        [user.id, maxConcurrentTasks],
      );
      return user.id;
    },
    remove: async (id) => {
      await database.transaction(async () => {
        await database.query('DELETE FROM users WHERE id = $1', [id]);
        await node.api.app.get(Events).publish(accountRemoved, { userId: id });
      });
    },
    runningOf: async (id) => (await node.api.app.get(Quotas, { strict: false }).usage(id)).runningTasks,
    token: (id) => tokenOf(node.api.app, { id, email: 'someone@example.com', role: 'user' }),
    endLease: async (id) => {
      await database.query(`UPDATE tasks SET lease_until = now() - interval '1 second' WHERE id = $1`, [id]);
    },
    close: async () => {
      for (const each of nodes) {
        // What a test has left undone must not hold up the end.
        for (const run of each.work.runs) run.fail(new Error('The test is over'));
        await each.stop();
      }
      await stores.close();
    },
  };
}

interface Parts {
  env?: Record<string, string>;
  providers?: Type[];
}

async function startNode(
  stores: TestStores,
  env: Record<string, string>,
  providers: Type[],
  onEnd: () => void,
): Promise<Node> {
  const api = await startApi({
    stores,
    groups: [...accountsGround.groups, programsConfig],
    imports: [...accountsGround.imports, ProgramsModule, TasksModule.forFeature(scriptedTask)],
    providers: [ScriptedWork, ...providers],
    env: { API_RATE_PER_MIN: '0', PATH: '/usr/bin:/bin', ...env },
  });
  const { app } = api;
  const tasks = app.get(Tasks, { strict: false });
  const queue = app.get(Jobs).queue(runTask.name);
  return {
    api,
    work: app.get(ScriptedWork),
    create: (owner, name, dedupKey) => tasks.create(owner, scriptedTask, { name }, { dedupKey }),
    cancel: (owner, id) => tasks.cancel(owner, id),
    find: (owner, id) => tasks.get(owner, id),
    reconcile: () => app.get(TasksProcessor, { strict: false }).reconcile(),
    pause: () => queue.pause(true, true),
    resume: () => queue.resume(true),
    stop: async () => {
      onEnd();
      await api.close();
    },
    kill: async () => {
      onEnd();
      await queue.close(true);
      app.get(Redis).client.destroy();
      await app.get(DataSource).destroy();
      app.getHttpServer().close();
    },
  };
}
