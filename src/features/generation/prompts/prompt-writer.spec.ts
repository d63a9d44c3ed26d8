import { Logger } from '@nestjs/common';
import { ManualClock } from '../../../platform/clock/testing/manual-clock.js';
import { LlmClient, LlmError, type LlmQuestion } from '../../../platform/llm/llm-client.js';
import type { PromptPhoto } from './prompt-photo.js';
import { PromptWriter } from './prompt-writer.js';
import type { TemplatesRepository } from './templates.repository.js';

const templates = {
  find: () => Promise.resolve({ body: 'x', fallback: '{{product}}' }),
} as unknown as TemplatesRepository;
const photo = { load: () => Promise.resolve(null) } as unknown as PromptPhoto;

/** Time passes by being waited for. */
class PassingClock extends ManualClock {
  override async delay(ms: number): Promise<void> {
    this.advance(ms);
  }
}

/** Fails after so many seconds, each time. */
class SlowLlm extends LlmClient {
  readonly timeouts: number[] = [];

  constructor(
    private readonly clock: PassingClock,
    private readonly seconds: number,
  ) {
    super();
  }

  override async ask({ timeoutMs }: LlmQuestion): Promise<string> {
    this.timeouts.push(timeoutMs);
    this.clock.advance(this.seconds * 1_000);
    throw new LlmError('temporary', 'It takes long');
  }
}

const job = {
  id: '1',
  kind: 'ad' as const,
  productText: 'A mug',
  wishes: null,
  userPrompt: null,
  photoKey: 'photo',
  templateId: 'template',
};

describe('PromptWriter', () => {
  beforeEach(() => {
    vi.spyOn(Logger.prototype, 'warn').mockReturnValue();
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it.each([
    [0, [40_000, 39_000]],
    [30, [40_000, 9_000]],
    [34, [40_000, 5_000]],
    [35, [40_000]],
    [40, [40_000]],
  ])('has 40 s for all tries: after one of %i s they have %j ms', async (seconds, timeouts) => {
    const clock = new PassingClock();
    const llm = new SlowLlm(clock, seconds);
    const writer = new PromptWriter(templates, photo, llm, clock);
    const written = await writer.write(job, { maxChars: 100, signal: new AbortController().signal });
    expect(written).toEqual({ text: 'A mug', by: 'template', note: 'temporary: It takes long' });
    expect(llm.timeouts).toEqual(timeouts);
  });
});
