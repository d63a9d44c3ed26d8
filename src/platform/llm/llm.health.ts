import { Inject, Injectable } from '@nestjs/common';
import { ReportsHealth, type HealthPart, type PartState } from '../health/health-part.js';
import { LLM_DOOR, type LlmDoor } from './llm-door.js';

/** Whether there is a language model to ask. It is not asked for that: each answer costs. */
@Injectable()
@ReportsHealth()
export class LlmHealth implements HealthPart {
  readonly name = 'llm';

  constructor(@Inject(LLM_DOOR) private readonly door: LlmDoor | null) {}

  check(): Promise<PartState> {
    return Promise.resolve(this.state());
  }

  private state(): PartState {
    if (!this.door) return { status: 'unavailable', reason: 'neither LLM_API_KEY nor LLM_BASE_URL is set' };
    return this.door.isStandIn ? { status: 'ok', reason: 'the stand-in of the sandbox answers' } : { status: 'ok' };
  }
}
