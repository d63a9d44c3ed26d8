import { useSyncExternalStore } from 'react';

export interface Session {
  /** Bearer token of the signed-in operator. In memory only: a reload asks again. */
  token: string | null;
  /** The server refused an anonymous call, so nothing works before somebody signs in. */
  signInRequired: boolean;
}

let session: Session = { token: null, signInRequired: false };
const listeners = new Set<() => void>();

function replace(next: Session): void {
  session = next;
  for (const listener of listeners) listener();
}

export const currentToken = (): string | null => session.token;

export const startSession = (token: string): void => {
  replace({ token, signInRequired: false });
};

/** Called on every 401: the token, if there was one, is not good any more. */
export const requireSignIn = (): void => {
  if (!session.signInRequired) replace({ token: null, signInRequired: true });
};

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const useSession = (): Session => useSyncExternalStore(subscribe, () => session);
