import type { DemoAccount } from '../oauth/authorization-request.js';

interface DropboxAccount extends DemoAccount {
  /** The older number of the account, which the token endpoint still tells. */
  uid: string;
  givenName: string;
  surname: string;
  email: string;
}

function account(uid: number, givenName: string, surname: string): DropboxAccount {
  const email = `${givenName.toLowerCase()}@example.com`;
  const id = `dbid:AAsandbox${givenName.padEnd(26, '0')}`;
  return { id, name: `${givenName} ${surname}`, detail: email, uid: String(uid), givenName, surname, email };
}

export const DROPBOX_ACCOUNTS: readonly DropboxAccount[] = [
  account(900000001, 'Anna', 'Sandbox'),
  account(900000002, 'John', 'Sandbox'),
];

export const accountOf = (id: string): DropboxAccount | undefined => DROPBOX_ACCOUNTS.find((known) => known.id === id);

export const uidOf = (id: string): string => accountOf(id)?.uid ?? '';
