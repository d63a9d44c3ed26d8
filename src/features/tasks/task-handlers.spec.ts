import { Injectable, type Type } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { DiscoveryModule } from '../../platform/discovery/discovery.module.js';
import { DeclaredTasks } from './declared-tasks.js';
import { defineTask, HandlesTask } from './index.js';
import { TaskHandlers } from './task-handlers.js';

const cut = defineTask<{ second: number }, { second: number }>({ kind: 'test.cut' });

@Injectable()
class Cutter {
  private readonly offset = 1;

  @HandlesTask(cut)
  cut({ payload }: { payload: { second: number } }): Promise<{ second: number }> {
    return Promise.resolve({ second: payload.second + this.offset });
  }
}

@Injectable()
class SecondCutter {
  @HandlesTask(cut)
  cut(): Promise<{ second: number }> {
    return Promise.resolve({ second: 0 });
  }
}

describe('the handlers of tasks', () => {
  const start = async (declared: (typeof cut)[], handlers: Type[]): Promise<TaskHandlers> => {
    const parts = { imports: [DiscoveryModule], providers: [DeclaredTasks, TaskHandlers, ...handlers] };
    const app = await Test.createTestingModule(parts).compile();
    for (const kind of declared) app.get(DeclaredTasks).declare(kind);
    await app.init();
    return app.get(TaskHandlers);
  };

  it('are found by their kind', async () => {
    const handlers = await start([cut], [Cutter]);
    const context = { signal: new AbortController().signal, progress: () => undefined };
    const task = { id: 'id', userId: 'owner', payload: { second: 41 } };
    expect(await handlers.of('test.cut')(task, context)).toEqual({ second: 42 });
    expect(() => handlers.of('test.of-tomorrow')).toThrow('Nobody handles tasks of the kind test.of-tomorrow');
  });

  it('are all there at the start: a declared kind without one is refused', async () => {
    await expect(start([cut], [])).rejects.toThrow(/exactly one handler[\s\S]*test\.cut: none/);
  });

  it('are one for each kind', async () => {
    await expect(start([cut], [Cutter, SecondCutter])).rejects.toThrow('test.cut: Cutter.cut, SecondCutter.cut');
  });

  it('are of kinds that somebody has declared, and once', async () => {
    await expect(start([], [Cutter])).rejects.toThrow('test.cut: Cutter.cut, not declared');
    await expect(start([cut, cut], [Cutter])).rejects.toThrow('Two kinds of task are called test.cut');
  });
});
