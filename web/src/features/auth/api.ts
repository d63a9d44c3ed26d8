import { request, requestJson } from '../../shared/http/http';
import { currentToken, requireSignIn, startSession } from '../../shared/http/session';
import { refreshSession } from '../../shared/http/refresh';

export const PASSWORD_LENGTH = { min: 10, max: 128 };

interface Credentials {
  email: string;
  password: string;
}

/** The refresh token goes into a cookie that no script can read. */
async function begin(route: 'login' | 'register', credentials: Credentials): Promise<void> {
  const { accessToken } = await requestJson<{ accessToken: string }>(`/api/v1/auth/${route}`, {
    method: 'POST',
    json: { ...credentials, session: 'cookie' },
    anonymous: true,
  });
  startSession(accessToken);
}

export const signIn = (credentials: Credentials): Promise<void> => begin('login', credentials);

/** Makes an account and signs in to it. */
export const register = (credentials: Credentials): Promise<void> => begin('register', credentials);

/** What a page that needs an account begins with: the session that the browser still has, or the sign-in form. */
export async function restoreSession(): Promise<true> {
  if (currentToken() === null && !(await refreshSession())) requireSignIn();
  return true;
}

export async function signOut(): Promise<void> {
  await request('/api/v1/auth/logout', { method: 'POST', json: {}, anonymous: true });
  requireSignIn();
}

/** @param token of a link that an administrator has given out; good once */
export async function setPassword(token: string, newPassword: string): Promise<void> {
  await request('/api/v1/auth/password-link', { method: 'POST', json: { token, newPassword }, anonymous: true });
}
