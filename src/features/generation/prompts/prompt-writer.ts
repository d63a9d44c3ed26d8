import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.js';
import { LlmClient, LlmError, type LlmFailureKind, type LlmQuestion } from '../../../platform/llm/llm-client.js';
import { storable } from '../../../platform/text/storable.js';
import type { GenerationJob } from '../jobs/generation-job.entity.js';
import { fitPrompt } from './fit-prompt.js';
import type { GenerationTemplate } from './generation-template.entity.js';
import { promptMessages } from './prompt-messages.js';
import { PromptPhoto } from './prompt-photo.js';
import { fill, type Wanted } from './template-text.js';
import { TemplatesRepository } from './templates.repository.js';

type Asked = Pick<GenerationJob, 'id' | 'kind' | 'productText' | 'wishes' | 'userPrompt' | 'photoKey' | 'templateId'>;
type Question = Omit<LlmQuestion, 'timeoutMs' | 'signal'>;

export interface WrittenPrompt {
  text: string;
  /** `template`: the LLM did not, for the reason in `note`. `own`: the person's own words. */
  by: 'llm' | 'template' | 'own';
  note: string | null;
}

/** What a model thinks to itself counts as well. */
const MAX_TOKENS = 4_000;
/** For all tries together. */
const TIME_MS = 40_000;
/** A try with less is none. */
const LEAST_TIME_MS = 5_000;
const TRIES = 2;
const PAUSE_MS = 1_000;
const PASSING: readonly LlmFailureKind[] = ['temporary', 'rate_limit', 'empty'];
/** A model that apologises is shorter than any description of a video. */
const SHORTEST_PROMPT = 60;

const LONGEST_NOTE = 500;

/** Writes what the video model is asked for. It always does: without an LLM the template's own words are filled in. */
@Injectable()
export class PromptWriter {
  private readonly logger = new Logger(PromptWriter.name);

  constructor(
    private readonly templates: TemplatesRepository,
    private readonly photo: PromptPhoto,
    private readonly llm: LlmClient,
    private readonly clock: Clock,
  ) {}

  /** @throws the signal's reason when it was aborted; nothing of the LLM's */
  async write(job: Asked, { maxChars, signal }: { maxChars: number; signal: AbortSignal }): Promise<WrittenPrompt> {
    const { text, ...rest } = await this.compose(job, signal);
    return { ...rest, text: fitPrompt(text, maxChars) };
  }

  private async compose(job: Asked, signal: AbortSignal): Promise<WrittenPrompt> {
    if (job.kind === 'own') return { text: job.userPrompt ?? job.productText, by: 'own', note: null };
    const wanted = { product: job.productText, wishes: job.wishes };
    const template = job.templateId === null ? null : await this.templates.find(job.templateId);
    if (!template) {
      const text = [wanted.product, wanted.wishes].filter((words) => words !== null).join('\n');
      return { text, by: 'template', note: 'There was no active template: the description and the wishes alone' };
    }
    try {
      return { text: await this.askFor(template, wanted, job, signal), by: 'llm', note: null };
    } catch (error) {
      if (!(error instanceof LlmError)) throw error;
      // Health tells of that one, once for all prompts.
      if (error.kind !== 'not_configured') this.logger.warn(`A prompt was not written: ${error.message}`);
      return { text: fill(template.fallback, wanted), by: 'template', note: noteOf(error) };
    }
  }

  private async askFor(
    { body }: GenerationTemplate,
    wanted: Wanted,
    { photoKey }: Asked,
    signal: AbortSignal,
  ): Promise<string> {
    const { system, user } = promptMessages(body, wanted);
    const photo = await this.photo.load(photoKey, signal);
    const parts = [{ type: 'text' as const, text: user }, ...(photo ? [photo] : [])];
    const text = await this.ask({ system, user: parts, maxTokens: MAX_TOKENS }, signal);
    if (text.length < SHORTEST_PROMPT) throw new LlmError('refused', `The model has not written a prompt: «${text}»`);
    return text;
  }

  private async ask(question: Question, signal: AbortSignal): Promise<string> {
    const start = this.clock.now().getTime();
    for (let tries = 1; ; tries += 1) {
      const timeoutMs = TIME_MS - (this.clock.now().getTime() - start);
      try {
        return await this.llm.ask({ ...question, timeoutMs, signal });
      } catch (error) {
        const isPassing = error instanceof LlmError && PASSING.includes(error.kind);
        const left = TIME_MS - PAUSE_MS - (this.clock.now().getTime() - start);
        if (!isPassing || tries === TRIES || left < LEAST_TIME_MS) throw error;
        await this.clock.delay(PAUSE_MS, signal);
      }
    }
  }
}

/** Others' words are in it. */
function noteOf({ kind, message }: LlmError): string {
  return storable(`${kind}: ${message}`, LONGEST_NOTE);
}
