import type { Request } from 'express';
import type { OAuthToken } from '../../state/records.js';
import type { Answer } from '../answer.js';
import type { Behaviours } from '../behaviour.js';
import type { Ask } from '../exchange.js';
import type { Script } from '../scripts.js';
import { IDENTITY_BEHAVIOURS, isAboutCall } from './behaviours.js';
import type { Tokens } from './tokens.js';

export interface IdentityRules {
  tokenOf: (request: Request) => string | null | undefined;
  refused: (why: 'expired' | 'unknown', request: Request) => Answer;
  /** One of these scopes; absent: none is needed. */
  needs?: { oneOf: readonly string[]; lacking: Answer };
  /** What else the route can be scripted to do. */
  behaviours?: Behaviours;
  answer: (token: OAuthToken, request: Request, script: Script) => Answer;
}

/** A route of an API that tells whose token it is called with. */
export function identityRoute(tokens: Tokens, rules: IdentityRules): Ask {
  const { needs, behaviours = {} } = rules;
  return {
    takes: (behaviour) => isAboutCall(behaviour, IDENTITY_BEHAVIOURS, behaviours),
    answer: (request, script) => {
      const isRefused = script.behaviour === 'unauthorized';
      const token = isRefused ? 'unknown' : tokens.access(rules.tokenOf(request) ?? '');
      if (typeof token === 'string') return rules.refused(token, request);
      if (needs && !needs.oneOf.some((scope) => token.scopes.includes(scope))) return needs.lacking;
      return rules.answer(token, request, script);
    },
  };
}
