import type { Account } from '../../../platform/auth/principal.js';
import type { IssuedTokens, NewSession } from './sessions.js';

export interface Credentials {
  email: string;
  password: string;
}

/** What an account is opened with, and how the session is to be kept. */
export interface SigningIn extends Credentials, NewSession {
  /** Of the client: attempts are counted by it. */
  address: string;
}

export interface SignedIn extends IssuedTokens {
  user: Account;
}
