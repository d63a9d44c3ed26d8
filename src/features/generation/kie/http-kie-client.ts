import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.js';
import { DomainError } from '../../../platform/errors/domain-error.js';
import { multipartStream, NetworkError, type NetworkErrorCode } from '../../../platform/http/index.js';
import { Storage } from '../../../platform/storage/storage.js';
import type { GenerationError } from './error-class.js';
import { networkFailure, photoGone, refusal, unreadable } from './generation-errors.js';
import { httpUrlOf, numberOf, objectOf, textOf } from './json.js';
import { KieCalls, type KieRequest } from './kie-calls.js';
import { type Answer, type CreateAnswer, KieClient, type KieKey, type TaskRecord } from './kie-client.js';
import { KieDoors } from './kie-doors.js';
import { isSuccess, type KieReply } from './kie-reply.js';
import { readTask } from './task-record.js';

const CREATE_WITHIN_MS = 30_000;
const QUERY_WITHIN_MS = 15_000;
const UPLOAD_WITHIN_MS = 120_000;
const UPLOAD_PATH = 'nexus';

/** The request has not left, or has reached nobody. */
const NEVER_ARRIVED: readonly NetworkErrorCode[] = ['unresolved', 'unreachable', 'tls', 'certificate', 'proxy'];
/** What gateways answer when they do not know what became of a request that they have passed on. */
const LOST_BEHIND_GATEWAY: readonly number[] = [500, 502, 504, 520, 524];
const NOT_FOUND = /recordinfo is null|task (does not exist|not found)/i;

@Injectable()
export class HttpKieClient extends KieClient {
  constructor(
    private readonly calls: KieCalls,
    private readonly doors: KieDoors,
    private readonly storage: Storage,
    private readonly clock: Clock,
  ) {
    super();
  }

  async createTask(
    key: KieKey,
    task: { model: string; input: Record<string, unknown>; callBackUrl: string },
  ): Promise<CreateAnswer> {
    const url = `${this.doors.jobs}/api/v1/jobs/createTask`;
    const answer = await this.ask(key, { method: 'POST', url, body: { json: task }, timeoutMs: CREATE_WITHIN_MS });
    if ('error' in answer) return answer.isLost ? { ...failed(answer.error), unanswered: true } : failed(answer.error);
    const { reply } = answer;
    // It has been seen beside codes of failures: a task that is there will be billed.
    const taskId = textOf(objectOf(reply.data)?.taskId);
    if (taskId !== null) return { ok: true, value: { taskId } };
    if (isSuccess(reply)) return { ...failed(unreadable('createTask has told no taskId')), unanswered: true };
    const error = this.refusal(reply, key);
    return mayHaveArrived(reply) ? { ...failed(error), unanswered: true } : failed(error);
  }

  async recordInfo(key: KieKey, taskId: string): Promise<Answer<TaskRecord>> {
    const url = `${this.doors.jobs}/api/v1/jobs/recordInfo`;
    const answer = await this.ask(key, { url, query: { taskId }, timeoutMs: QUERY_WITHIN_MS });
    if ('error' in answer) return failed(answer.error);
    const { reply } = answer;
    const record = readTask(reply.data, taskId, key.apiKey);
    if (record) return { ok: true, value: record };
    if (isUnknownTask(reply)) return { ok: true, value: unknownTask(taskId) };
    return failed(isSuccess(reply) ? unreadable('recordInfo has told no state') : this.refusal(reply, key));
  }

  async upload(
    key: KieKey,
    photo: { storageKey: string; fileName: string; contentType: string },
  ): Promise<Answer<string>> {
    const file = await this.opened(photo.storageKey);
    if (!file) return failed(photoGone());
    const { fileName, contentType } = photo;
    const part = { name: 'file', filename: fileName, contentType, sizeBytes: file.sizeBytes, stream: file.stream };
    const form = multipartStream({ uploadPath: UPLOAD_PATH, fileName }, [part]);
    const answer = await this.ask(key, {
      method: 'POST',
      url: `${this.doors.uploads}/api/file-stream-upload`,
      headers: { 'content-length': String(form.contentLength) },
      body: { raw: form.body, contentType: form.contentType },
      timeoutMs: UPLOAD_WITHIN_MS,
    });
    file.stream.destroy();
    if ('error' in answer) return failed(answer.error);
    const data = objectOf(answer.reply.data);
    const url = httpUrlOf(data?.downloadUrl) ?? httpUrlOf(data?.fileUrl);
    if (isSuccess(answer.reply)) {
      return url === null ? failed(unreadable('The upload has told no address')) : { ok: true, value: url };
    }
    return failed(this.refusal(answer.reply, key));
  }

  async credit(key: KieKey): Promise<Answer<number>> {
    const url = `${this.doors.jobs}/api/v1/chat/credit`;
    const answer = await this.ask(key, { url, timeoutMs: QUERY_WITHIN_MS });
    if ('error' in answer) return failed(answer.error);
    if (!isSuccess(answer.reply)) return failed(this.refusal(answer.reply, key));
    const credits = numberOf(answer.reply.data);
    return credits === null ? failed(unreadable('chat/credit has told no number')) : { ok: true, value: credits };
  }

  /** @returns an error in place of what is thrown for the want of an answer; `isLost`: the request may have arrived */
  private async ask(
    key: KieKey,
    request: KieRequest,
  ): Promise<{ reply: KieReply } | { error: GenerationError; isLost: boolean }> {
    try {
      return { reply: await this.calls.ask(key, request) };
    } catch (error) {
      const isLost = !(error instanceof NetworkError && NEVER_ARRIVED.includes(error.code));
      return { error: networkFailure(error), isLost };
    }
  }

  private refusal(reply: KieReply, { apiKey }: KieKey): GenerationError {
    return refusal(reply, apiKey, this.clock.now());
  }

  private async opened(storageKey: string): Promise<{ stream: Readable; sizeBytes: number } | null> {
    try {
      return await this.storage.open(storageKey);
    } catch (error) {
      if (error instanceof DomainError && error.code === 'storage.not_found') return null;
      throw error;
    }
  }
}

const failed = (error: GenerationError): { ok: false; error: GenerationError } => ({ ok: false, error });

/** KIE itself answers with a code, and then it knows. */
function mayHaveArrived({ code, httpStatus }: KieReply): boolean {
  return code === null && ((httpStatus >= 200 && httpStatus <= 299) || LOST_BEHIND_GATEWAY.includes(httpStatus));
}

function isUnknownTask({ body, code, httpStatus, words }: KieReply): boolean {
  if (body === null) return false;
  return (code ?? httpStatus) === 404 || NOT_FOUND.test(words ?? '');
}

const unknownTask = (taskId: string): TaskRecord => ({
  taskId,
  model: null,
  callBackUrl: null,
  result: { state: 'unknown' },
});
