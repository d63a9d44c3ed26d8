import { Injectable } from '@nestjs/common';
import {
  GenerationFrontend,
  videoKey,
  type Failure,
  type GenerationBatch,
  type GenerationJob,
  type ReadyVideo,
  type Recipient,
} from '../../features/generation/index.js';
import { BotTexts, Outbox, type TextVariables } from '../../telegram/index.js';
import { credits } from './counted.js';
import { DELIVERY_TOPIC } from './delivery-report.js';
import { afterwardsButtons } from './keyboards.js';
import { inOneLine } from './product-words.js';
import { SupportContact } from './support-contact.js';
import { videoMessage } from './video-message.js';

const FAILURE_KEYS: Record<Failure['class'], string> = {
  USER_VIOLATION: 'failure.USER_VIOLATION',
  BILLING: 'failure.unavailable',
  CONFIG: 'failure.unavailable',
  RATE_LIMIT: 'failure.tried',
  TEMPORARY: 'failure.tried',
  UNKNOWN: 'failure.UNKNOWN',
};

/** A video that is uploaded holds up no word about another. */
const laneOf = ({ id }: GenerationJob) => `generation:${id}`;

/** Shows videos in the chat they were ordered in. */
@Injectable()
export class GenerationPresenter extends GenerationFrontend {
  constructor(
    private readonly outbox: Outbox,
    private readonly texts: BotTexts,
    private readonly support: SupportContact,
  ) {
    super();
  }

  async started(batch: GenerationBatch): Promise<void> {
    const { id, bot, chatId } = batch;
    await this.outbox.send({
      key: `batch:${id}:started`,
      bot,
      chatId,
      kind: 'notice',
      text: this.say(batch, 'started'),
    });
  }

  async retrying(job: GenerationJob, to: Recipient): Promise<void> {
    const key = `job:${job.id}:retrying`;
    await this.outbox.send({ ...addressOf(job, to), key, kind: 'notice', text: this.say(to, 'retrying') });
  }

  async deliver(job: GenerationJob, video: ReadyVideo, to: Recipient): Promise<void> {
    await this.sendVideo(job, video, to, videoKey(job));
  }

  async sendAgain(job: GenerationJob, video: ReadyVideo, to: Recipient, key: string): Promise<void> {
    await this.sendVideo(job, video, to, key);
  }

  async failed(job: GenerationJob, failure: Failure, to: Recipient): Promise<void> {
    await this.end(job, to, `job:${job.id}:failed:${job.round}`, [
      this.say(to, FAILURE_KEYS[failure.class], { model: failure.model }),
      ...this.refundWords(to, failure.credits),
      ...this.contactWords(to, failure.class),
    ]);
  }

  async cancelled(job: GenerationJob, to: Recipient): Promise<void> {
    const words = [this.say(to, 'cancelled'), ...this.refundWords(to, job.costCredits)];
    await this.end(job, to, `job:${job.id}:cancelled:${job.round}`, words);
  }

  async refunded(job: GenerationJob, to: Recipient): Promise<void> {
    const words = [this.say(to, 'refund', { product: inOneLine(job) }), ...this.refundWords(to, job.costCredits)];
    const key = `job:${job.id}:refunded:${job.round}`;
    await this.outbox.send({ ...addressOf(job, to), key, kind: 'status', text: words.join('\n\n') });
  }

  private async sendVideo(job: GenerationJob, video: ReadyVideo, to: Recipient, key: string): Promise<void> {
    const { params, files } = videoMessage(job, video);
    await this.outbox.sendMedia({
      ...addressOf(job, to),
      key,
      kind: 'result',
      topic: DELIVERY_TOPIC,
      reference: job.id,
      method: 'sendVideo',
      params: { ...params, reply_markup: this.afterwards(job, to) },
      files,
    });
  }

  private async end(job: GenerationJob, to: Recipient, key: string, words: string[]): Promise<void> {
    const markup = this.afterwards(job, to);
    await this.outbox.send({ ...addressOf(job, to), key, kind: 'error', text: words.join('\n\n'), markup });
  }

  private refundWords(to: Recipient, amount: number): string[] {
    return amount > 0 ? [this.say(to, 'refunded', { credits: credits(amount, to.language) })] : [];
  }

  /** Whom to ask; of rules that were broken support could say no more. */
  private contactWords(to: Recipient, errorClass: Failure['class']): string[] {
    if (errorClass === 'USER_VIOLATION') return [];
    return [this.support.words((key, variables) => this.say(to, key, variables), 'contact.write', 'contact.later')];
  }

  private afterwards({ id }: GenerationJob, to: Recipient) {
    return afterwardsButtons((key) => this.say(to, key), id);
  }

  private say({ bot, language }: Pick<Recipient, 'bot' | 'language'>, key: string, variables?: TextVariables): string {
    return this.texts.text(bot, key, language, variables);
  }
}

function addressOf(job: GenerationJob, { bot, chatId }: Recipient) {
  return { bot, chatId, lane: laneOf(job) };
}
