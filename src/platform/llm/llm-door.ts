import type { StandIns } from '../stand-ins/stand-ins.js';
import type { LlmConfig } from './llm.config.js';

const USUAL_URL = 'https://api.openai.com/v1';

/** Injection token: an LlmDoor, or null. */
export const LLM_DOOR = Symbol('llm-door');

/** Where the model is asked. */
export interface LlmDoor {
  baseUrl: string;
  /** A model of one's own machine may want none. */
  apiKey: string | undefined;
  isStandIn: boolean;
}

/** null: neither a key nor an address is set, and there is no stand-in. */
export function llmDoor({ baseUrl, apiKey }: LlmConfig, standIns: StandIns): LlmDoor | null {
  if (baseUrl !== undefined) return { baseUrl, apiKey, isStandIn: false };
  if (apiKey !== undefined) return { baseUrl: USUAL_URL, apiKey, isStandIn: false };
  const standIn = standIns['llm'];
  return standIn === undefined ? null : { baseUrl: standIn, apiKey, isStandIn: true };
}
