import express, { type Router } from 'express';
import { photoUrlOf, promptOf } from '../apis/kie/order-check.js';
import type { Kie } from '../apis/kie/kie.js';
import type { TaskStateName } from '../apis/kie/tasks.js';
import type { CallsView, KeyCallsView } from '../apis/kie/traffic.js';
import { invalid } from './errors.js';
import { bodyOf, queryOf } from './input.js';

export interface KieAccountView {
  account: string;
  balance: number;
  /** Credits for a task. */
  price: number;
  /** Calls of createTask. */
  creations: CallsView;
  queries: KeyCallsView[];
}

export interface KieTaskView {
  id: string;
  account: string;
  /** Of the customer, by the callback address. */
  jobId: string;
  model: string;
  state: TaskStateName;
  prompt: string;
  photoUrl: string | null;
  callBackUrl: string | null;
  /** ISO 8601. */
  createdAt: string;
}

/** What KIE's stand-in was asked for, and whose money is left. */
export function kieRouter(kie: Kie): Router {
  const router = express.Router();

  router.get('/apis/kie/accounts', (_request, response) => {
    const names = new Set([...kie.accounts.all().map(({ name }) => name), ...kie.traffic.accounts()]);
    response.json([...names].map((name) => accountView(kie, name)));
  });

  router.get('/apis/kie/accounts/:account', (request, response) => {
    response.json(accountView(kie, request.params.account));
  });

  router.post('/apis/kie/accounts/:account', (request, response) => {
    const body = bodyOf(request);
    const { account } = request.params;
    const { balance, price } = kie.accounts.get(account);
    kie.accounts.change(account, {
      balance: credits(body.text('balance'), balance),
      price: credits(body.text('price'), price),
    });
    response.json(accountView(kie, account));
  });

  /** In the order of their making. */
  router.get('/apis/kie/tasks', (request, response) => {
    const query = queryOf(request);
    const [account, jobId] = [query.text('account'), query.text('jobId')];
    const tasks = kie.tasks
      .all()
      .filter((task) => (account === undefined || task.account === account) && (!jobId || task.jobId === jobId));
    response.json(
      tasks.map((task): KieTaskView => ({
        id: task.id,
        account: task.account,
        jobId: task.jobId,
        model: task.order.model,
        state: kie.tasks.stateOf(task),
        prompt: promptOf(task.order),
        photoUrl: photoUrlOf(task.order),
        callBackUrl: task.order.callBackUrl,
        createdAt: new Date(task.createdAt).toISOString(),
      })),
    );
  });

  /** All calls of createTask, those that were refused included, in the order of time. */
  router.get('/apis/kie/creations', (request, response) => {
    response.json(kie.traffic.creationsOf(queryOf(request).text('account')));
  });

  router.get('/apis/kie/uploads', (_request, response) => {
    response.json(kie.uploads.all());
  });

  /** Callbacks are signed from now on; without a key no more. */
  router.post('/apis/kie/webhook-key', (request, response) => {
    kie.signWith(bodyOf(request).text('key') ?? null);
    response.sendStatus(204);
  });

  return router;
}

const accountView = (kie: Kie, name: string): KieAccountView => {
  const { balance, price } = kie.accounts.get(name);
  const [creations, queries] = [kie.traffic.createViewOf(name), kie.traffic.queryViewsOf(name)];
  return { account: name, balance, price, creations, queries };
};

function credits(text: string | undefined, otherwise: number): number {
  const value = text === undefined ? otherwise : Number(text);
  if (!(value >= 0)) throw invalid('balance and price are numbers of at least 0');
  return value;
}
