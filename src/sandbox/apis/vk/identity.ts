import type { Request } from 'express';
import { type Answer, ok } from '../answer.js';
import { isKnownClient } from '../oauth/client.js';
import type { IdentityRules } from '../oauth/identity.js';
import { parametersOf, tokenOfHeader } from '../oauth/parameters.js';
import { accountOf } from './accounts.js';

/** Of VK ID: its errors look like those of its token endpoint. */
export const USER_INFO: IdentityRules = {
  tokenOf: (request) => parametersOf(request).get('access_token'),
  refused: () => ok({ error: 'invalid_token', error_description: 'access_token is expired or invalid' }),
  answer: ({ accountId }, request) => {
    if (!isKnownClient(parametersOf(request).get('client_id'))) {
      return ok({ error: 'invalid_client', error_description: 'client_id is unknown' });
    }
    const account = accountOf(accountId);
    return ok({
      user: {
        user_id: accountId,
        first_name: account?.firstName,
        last_name: account?.lastName,
        avatar: '',
        sex: 0,
        verified: false,
        birthday: '',
      },
    });
  },
};

/** Of the API: errors have numbers. */
export const USERS_GET: IdentityRules = {
  tokenOf: (request) => parametersOf(request).get('access_token') ?? tokenOfHeader(request, 'Bearer'),
  refused: (why, request) => {
    const detail = why === 'expired' ? 'access_token has expired.' : 'invalid access_token (4).';
    return apiError(5, `User authorization failed: ${detail}`, request);
  },
  answer: ({ accountId }, request) => {
    if (!parametersOf(request).get('v')) return apiError(8, 'Invalid request: v (version) is required', request);
    const account = accountOf(accountId);
    const names = { first_name: account?.firstName, last_name: account?.lastName };
    return ok({ response: [{ id: Number(accountId), ...names, can_access_closed: true, is_closed: false }] });
  },
};

/** The parameters are told back, but for the token. */
function apiError(code: number, message: string, request: Request): Answer {
  const parameters = [...parametersOf(request)].filter(([key]) => key !== 'access_token');
  const requestParams = [['method', 'users.get'], ['oauth', '1'], ...parameters].map(([key, value]) => ({
    key,
    value,
  }));
  return ok({ error: { error_code: code, error_msg: message, request_params: requestParams } });
}
