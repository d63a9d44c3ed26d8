import { randomUUID } from 'node:crypto';
import type { Request } from 'express';
import type { Answer } from '../answer.js';
import { type Ask, formOf } from '../exchange.js';
import type { Script } from '../scripts.js';
import {
  type AuthorizationRequest,
  type ConsentRules,
  type Language,
  readAuthorizationRequest,
  type ReturnAddress,
} from './authorization-request.js';
import { CONSENT_BEHAVIOURS } from './behaviours.js';
import { consentPage, faultPage } from './consent-page.js';
import { queryOf } from './parameters.js';
import type { Tokens } from './tokens.js';

/** The page where people say yes or no: shown at GET, decided at POST of its form to the same address. */
export class Consent implements Ask {
  constructor(
    private readonly tokens: Tokens,
    private readonly rules: ConsentRules,
  ) {}

  readonly page = (request: Request): Answer =>
    this.read(request, (asked) => consentPage(this.rules, asked, languageOf(request)));

  readonly takes = (behaviour: string): boolean => Object.hasOwn(CONSENT_BEHAVIOURS, behaviour);

  readonly answer = (request: Request, script: Script): Answer =>
    this.read(request, (asked) => {
      const form = formOf(request) ?? new URLSearchParams();
      const isAllowed = form.get('decision') === 'allow' && script.behaviour !== 'deny';
      return isAllowed ? this.allow(request, asked, form) : refuse(asked, 'access_denied', 'The user denied access');
    });

  private read(request: Request, good: (asked: AuthorizationRequest) => Answer): Answer {
    const read = readAuthorizationRequest(queryOf(request), this.rules);
    if (read.kind === 'page') return faultPage(this.rules, read.fault, languageOf(request));
    return read.kind === 'redirect' ? refuse(read.to, read.error, read.description) : good(read.request);
  }

  private allow(request: Request, asked: AuthorizationRequest, form: URLSearchParams): Answer {
    const { redirectUri, challenge } = asked;
    const { accounts, isGranular, bindsDevice, isOffline, callbackExtras } = this.rules;
    const account = accounts.find(({ id }) => id === form.get('account'));
    if (!account) return faultPage(this.rules, 'account', languageOf(request));
    const isFirst = !this.tokens.hasConsented(account.id);
    this.tokens.rememberConsent(account.id);
    const ticked = form.getAll('scope');
    const grant = {
      accountId: account.id,
      scopes: isGranular ? asked.scopes.filter((scope) => ticked.includes(scope)) : asked.scopes,
      deviceId: bindsDevice ? randomUUID() : null,
    };
    const code = this.tokens.issueCode({
      ...grant,
      redirectUri,
      challenge,
      isOffline: isOffline?.(queryOf(request), isFirst) ?? true,
    });
    return redirect(asked, { code, ...callbackExtras?.(grant) });
  }
}

function languageOf(request: Request): Language {
  return request.acceptsLanguages('en', 'ru') === 'ru' ? 'ru' : 'en';
}

const refuse = (to: ReturnAddress, error: string, description: string): Answer =>
  redirect(to, { error, error_description: description });

function redirect({ redirectUri, state }: ReturnAddress, parameters: Record<string, string>): Answer {
  const url = new URL(redirectUri);
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  if (state !== null) url.searchParams.set('state', state);
  return { status: 302, headers: { location: url.href, 'cache-control': 'no-store' }, body: '' };
}
