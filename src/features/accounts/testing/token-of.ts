import type { INestApplicationContext } from '@nestjs/common';
import type { Account } from '../../../platform/auth/principal.js';
import { Sessions } from '../sessions/sessions.js';

/** The access token of somebody (see `makeUser`) who has just signed in, where AccountsModule is loaded. */
export async function tokenOf(app: INestApplicationContext, account: Account): Promise<string> {
  const { accessToken } = await app.get(Sessions, { strict: false }).open(account, { kind: 'token' });
  return accessToken.token;
}
