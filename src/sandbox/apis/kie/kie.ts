import { join } from 'node:path';
import express, { type Request, type Router } from 'express';
import type { Clock } from '../../../platform/clock/clock.js';
import type { HttpClient } from '../../../platform/http/index.js';
import type { SandboxState } from '../../state/state.js';
import type { Answer, Reaction } from '../answer.js';
import { type Exchange, jsonOf } from '../exchange.js';
import type { Script } from '../scripts.js';
import type { StandIn } from '../stand-in.js';
import { KIE_BEHAVIOURS } from './behaviours.js';
import { Callbacks } from './callbacks.js';
import { Accounts, callerOf, doorRefusal } from './callers.js';
import { CreateTask } from './create-task.js';
import { refused, said, success, tooOften } from './envelope.js';
import { jsonRecord } from './json-text.js';
import { Tasks } from './tasks.js';
import { Traffic } from './traffic.js';
import { Uploads } from './uploads.js';
import { freshUrl } from './videos.js';

const API = 'kie';

export interface KieOptions {
  state: SandboxState;
  mediaUrl: string;
  /** For what customers upload. */
  folder: string;
  clock: Clock;
  http: HttpClient;
}

/** The jobs API of KIE and its uploads. */
export class Kie implements StandIn {
  readonly api = API;
  readonly behaviours = KIE_BEHAVIOURS;
  readonly quota = null;
  readonly tokens = null;
  readonly routers: Readonly<Record<string, Router>>;
  readonly accounts: Accounts;
  readonly tasks: Tasks;
  readonly traffic: Traffic;
  readonly uploads: Uploads;
  private readonly state: SandboxState;
  private readonly callbacks: Callbacks;
  private readonly creating: CreateTask;
  private readonly clock: Clock;

  constructor(
    private readonly exchange: Exchange,
    { state, mediaUrl, folder, clock, http }: KieOptions,
  ) {
    this.state = state;
    this.clock = clock;
    this.accounts = new Accounts(state.kieAccounts);
    this.tasks = new Tasks(state.kieTasks, mediaUrl, clock);
    this.traffic = new Traffic(clock);
    this.uploads = new Uploads(state.kieUploads, join(folder, 'uploads'), clock, http);
    this.callbacks = new Callbacks(state, this.tasks, mediaUrl, clock, http);
    this.creating = new CreateTask(state, this.accounts, this.tasks, this.callbacks, clock);
    this.routers = { '/apis/kie': this.jobsRouter(), '/apis/kie-upload': this.uploadsRouter() };
  }

  /** Calls back whoever was not called back before the last process ended. */
  async start(): Promise<void> {
    await this.uploads.prepare();
    this.callbacks.work();
  }

  close(): void {
    this.callbacks.close();
  }

  reset(): void {
    this.callbacks.clear();
    this.tasks.clear();
    this.accounts.clear();
    this.uploads.clear();
    this.traffic.clear();
    this.state.kieStrikes.clear();
    this.state.kieWebhookKey.clear();
  }

  /** What callbacks are signed with from now on; null: they are not. */
  signWith(webhookKey: string | null): void {
    if (webhookKey === null) this.state.kieWebhookKey.clear();
    else this.state.kieWebhookKey.put('all', webhookKey);
  }

  private jobsRouter(): Router {
    const query = (answer: (request: Request, account: string) => Answer) =>
      this.exchange.look(
        () => API,
        (request) => this.query(request, answer),
      );
    return express
      .Router()
      .post(
        '/api/v1/jobs/createTask',
        this.exchange.ask(API, {
          refuse: (request) => doorRefusal(request) ?? this.refuseCreation(request),
          answer: (request, script) => this.create(request, script),
        }),
      )
      .get(
        '/api/v1/jobs/recordInfo',
        query((request, account) => this.recordInfo(request, account)),
      )
      .get(
        '/api/v1/chat/credit',
        query((_request, account) => success(this.accounts.get(account).balance)),
      )
      .post(
        '/api/v1/common/download-url',
        query((request, account) => this.downloadUrl(request, account)),
      )
      .use(this.uploadsRouter(), this.nothingHere());
  }

  /** Also at the door of the jobs API, as some pages of its documentation say. */
  private uploadsRouter(): Router {
    const taking = (take: (request: Request) => Promise<Answer>) =>
      this.exchange.look(
        () => API,
        async (request) => doorRefusal(request) ?? (await take(request)),
      );
    return express
      .Router()
      .use('/files', this.uploads.serve)
      .post(
        '/api/file-stream-upload',
        taking((request) => this.uploads.takeForm(request)),
      )
      .post(
        '/api/file-base64-upload',
        taking((request) => this.uploads.takeBase64(request)),
      )
      .post(
        '/api/file-url-upload',
        taking((request) => this.uploads.takeUrl(request)),
      );
  }

  private nothingHere() {
    return this.exchange.look(
      () => API,
      ({ path }) => refused(404, `No static resource ${path}.`),
    );
  }

  private refuseCreation(request: Request): Answer | null {
    const caller = callerOf(request);
    if (!caller || this.traffic.create(caller)) return null;
    const at = this.clock.now().toISOString();
    this.traffic.note({ at, account: caller.account, jobId: null, taskId: null }, tooOften());
    return tooOften();
  }

  private async create(request: Request, script: Script): Promise<Reaction> {
    const account = callerOf(request)?.account ?? '';
    const at = this.clock.now().toISOString();
    const { reaction, jobId, taskId } = await this.creating.take(account, request, script);
    this.traffic.note({ at, account, jobId, taskId }, reaction);
    return reaction;
  }

  private query(request: Request, answer: (request: Request, account: string) => Answer): Answer {
    const refusal = doorRefusal(request);
    const caller = callerOf(request);
    if (refusal || !caller) return refusal ?? tooOften();
    return this.traffic.query(caller) ? answer(request, caller.account) : tooOften();
  }

  private recordInfo({ query: { taskId } }: Request, account: string): Answer {
    if (typeof taskId !== 'string' || taskId === '') return said(422, 'taskId is required');
    const task = this.tasks.find(taskId);
    return task?.account === account ? success(this.tasks.tell(task)) : refused(404, 'recordInfo is null');
  }

  private downloadUrl(request: Request, account: string): Answer {
    const { url } = jsonRecord(jsonOf(request)) ?? {};
    const fresh = typeof url === 'string' ? freshUrl(url, (id) => this.tasks.find(id)?.account === account) : null;
    return fresh === null ? said(422, 'The url is not generated by our platform') : success(fresh);
  }
}
