import { type Answer, ok } from '../answer.js';
import { textOf } from '../exchange.js';
import type { IdentityRules } from '../oauth/identity.js';
import { tokenOfHeader } from '../oauth/parameters.js';
import { accountOf } from './accounts.js';

/** Every client has it, also unasked. */
export const BASIC_SCOPE = 'account_info.read';

/** `/2/users/get_current_account`: an RPC without an argument, whose body is empty or `null`. */
export const CURRENT_ACCOUNT: IdentityRules = {
  tokenOf: (request) => tokenOfHeader(request, 'Bearer'),
  needs: { oneOf: [BASIC_SCOPE], lacking: refusal('missing_scope', { required_scope: BASIC_SCOPE }) },
  refused: (why) => refusal(why === 'expired' ? 'expired_access_token' : 'invalid_access_token'),
  answer: ({ accountId }, request) => {
    if (!['', 'null'].includes(textOf(request).trim())) return unexpectedBody();
    const account = accountOf(accountId);
    return ok({
      account_id: accountId,
      name: {
        given_name: account?.givenName,
        surname: account?.surname,
        familiar_name: account?.givenName,
        display_name: account?.name,
        abbreviated_name: `${account?.givenName.at(0) ?? ''}${account?.surname.at(0) ?? ''}`,
      },
      email: account?.email,
      email_verified: true,
      disabled: false,
      country: 'US',
      locale: 'en',
      is_paired: false,
      account_type: { '.tag': 'basic' },
    });
  },
};

function refusal(tag: string, details: object = {}): Answer {
  return { status: 401, body: { error_summary: `${tag}/..`, error: { '.tag': tag, ...details } } };
}

/** What is wrong with a call itself is told in a plain text. */
function unexpectedBody(): Answer {
  const body = 'Error in call to API function "users/get_current_account": request body: expected null, got value';
  return { status: 400, headers: { 'content-type': 'text/plain; charset=utf-8' }, body };
}
