import type { Request } from 'express';

export const USER_ROLES = ['user', 'admin'] as const;
export type UserRole = (typeof USER_ROLES)[number];

/** Whom a token is for. */
export interface Account {
  id: string;
  email: string;
  role: UserRole;
}

/** Who calls, as his access token says. */
export interface Principal extends Account {
  /** Undefined for tokens that stand for themselves, without a session. */
  sessionId?: string;
  /** When his token ends: what was opened with it ends then, too. */
  expiresAt: Date;
}

/** Who a request comes from; undefined when it carried no valid token. */
export function principalOf(request: Request): Principal | undefined {
  return request.user as Principal | undefined;
}
