import type { WrittenPrompt } from '../prompts/prompt-writer.js';

interface Asked {
  id: string;
  productText: string;
}

type Act = (job: Asked, signal: AbortSignal) => WrittenPrompt | Promise<WrittenPrompt>;

const atOnce: Act = ({ productText }) => ({ text: `A video of ${productText}`, by: 'llm', note: null });

/** Writes prompts as a test tells it; by default at once. */
export class ScriptedWriter {
  readonly asked: string[] = [];
  act: Act = atOnce;

  /** As it was in the beginning. */
  reset(): void {
    this.asked.length = 0;
    this.act = atOnce;
  }

  async write(job: Asked, { signal }: { signal: AbortSignal }): Promise<WrittenPrompt> {
    this.asked.push(job.id);
    return this.act(job, signal);
  }
}
