import { request, requestJson } from '../../shared/http/http';
import { requireSignIn } from '../../shared/http/session';

export interface Profile {
  id: string;
  email: string;
  name: string;
  role: 'user' | 'admin';
}

export const loadProfile = (signal: AbortSignal): Promise<Profile> => requestJson('/api/v1/users/me', { signal });

/** With everything that belongs to it; there is no way back. */
export async function deleteAccount(password: string): Promise<void> {
  await request('/api/v1/users/me', { method: 'DELETE', json: { password } });
  requireSignIn();
}

/** Lets this browser see Bull's dashboard for ten minutes, and goes there. */
export async function openQueues(): Promise<void> {
  await request('/api/v1/auth/panel-session', { method: 'POST' });
  location.assign('/queues');
}
