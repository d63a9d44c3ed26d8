import { useSyncExternalStore } from 'react';

export interface Session {
  /** Bearer token of who is signed in. In memory only: after a reload the refresh cookie gives another. */
  token: string | null;
  /** Whose token it is; null when it does not say. */
  userId: string | null;
  /** Nothing works before somebody signs in: the server refused a call, and there is no session to renew. */
  signInRequired: boolean;
}

let session: Session = { token: null, userId: null, signInRequired: false };
const listeners = new Set<() => void>();

function replace(next: Session): void {
  session = next;
  for (const listener of listeners) listener();
}

export const currentToken = (): string | null => session.token;

export const startSession = (token: string): void => {
  replace({ token, userId: subjectOf(token), signInRequired: false });
};

/** The token, if there was one, is not good any more. */
export const requireSignIn = (): void => {
  if (!session.signInRequired) replace({ token: null, userId: null, signInRequired: true });
};

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const useSession = (): Session => useSyncExternalStore(subscribe, () => session);

/** The `sub` of a JWT. Read, not checked: that is up to the server. */
function subjectOf(token: string): string | null {
  const body = token.split('.')[1] ?? '';
  try {
    const claims: unknown = JSON.parse(atob(body.replaceAll('-', '+').replaceAll('_', '/')));
    return typeof claims === 'object' && claims !== null && 'sub' in claims && typeof claims.sub === 'string'
      ? claims.sub
      : null;
  } catch {
    return null;
  }
}
