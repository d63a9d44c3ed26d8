import { randomUUID } from 'node:crypto';
import { AccessTokens } from '../../auth/access-tokens.js';
import type { UserRole } from '../../auth/principal.js';
import type { Problem } from '../../errors/problem.js';
import type { Call, TestApi } from './start-api.js';

export interface Answer<Body> {
  status: number;
  /** null when nothing was answered. */
  body: Body;
  text: string;
}

/** Somebody who may do everything, and what he is answered. */
export interface TestOperator {
  adminId: string;
  /** Of somebody else, who is no operator. */
  userToken: string;
  /** As the operator, unless another token is given; null: nobody. */
  ask<Body = Problem>(path: string, call?: Asked): Promise<Answer<Body>>;
}

type Asked = Omit<Call, 'token'> & { token?: string | null };

/** @param base of all paths that he asks for */
export async function operatorOf(api: TestApi, base = '/api/v1'): Promise<TestOperator> {
  const tokenOf = async (id: string, role: UserRole) =>
    (await api.app.get(AccessTokens).issue({ id, email: `${role}@example.com`, role })).token;
  const adminId = randomUUID();
  const [admin, userToken] = [await tokenOf(adminId, 'admin'), await tokenOf(randomUUID(), 'user')];
  return {
    adminId,
    userToken,
    ask: async <Body>(path: string, { token = admin, ...rest }: Asked = {}): Promise<Answer<Body>> => {
      const response = await api.call(base + path, { ...rest, token: token ?? undefined });
      const text = await response.text();
      return { status: response.status, text, body: (text === '' ? null : JSON.parse(text)) as Body };
    },
  };
}
