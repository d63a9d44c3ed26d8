import type { Request } from 'express';

export const USER_ROLES = ['user', 'admin'] as const;
export type UserRole = (typeof USER_ROLES)[number];

/** Who calls, as his access token says. */
export interface Principal {
  id: string;
  email: string;
  role: UserRole;
}

/** Who a request comes from; undefined when it carried no valid token. */
export function principalOf(request: Request): Principal | undefined {
  return request.user as Principal | undefined;
}
