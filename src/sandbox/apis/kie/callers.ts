import type { Request } from 'express';
import type { KieAccount } from '../../state/records.js';
import type { Table } from '../../state/journal.js';
import type { Answer } from '../answer.js';
import { refused } from './envelope.js';

const PLENTY = 1_000_000;
const USUAL_PRICE = 60;

/** Who asks, by `Authorization: Bearer {account}` or `{account}:{anything}`. */
export interface Caller {
  key: string;
  account: string;
}

/** @returns null when the key is missing or wrong */
export function callerOf(request: Request): Caller | null {
  const key = /^Bearer (\S+)$/.exec(request.get('authorization') ?? '')?.[1] ?? '';
  const [account = ''] = key.split(':');
  return account === '' || account.startsWith('invalid') ? null : { key, account };
}

/** What the API and what stands before it refuse whatever is asked. */
export function doorRefusal(request: Request): Answer | null {
  if (!(request.get('user-agent') ?? '').startsWith('Mozilla/')) {
    return { status: 403, headers: { 'content-type': 'text/plain' }, body: 'error code: 1010' };
  }
  return callerOf(request) ? null : refused(401, 'You do not have access permissions');
}

/** Accounts are there as soon as somebody names them. */
export class Accounts {
  constructor(private readonly table: Table<KieAccount>) {}

  get(name: string): KieAccount {
    return this.table.get(name) ?? { name, balance: PLENTY, price: USUAL_PRICE };
  }

  change(name: string, change: Partial<Pick<KieAccount, 'balance' | 'price'>>): KieAccount {
    return this.table.put(name, { ...this.get(name), ...change });
  }

  all(): KieAccount[] {
    return this.table.all();
  }

  clear(): void {
    this.table.clear();
  }
}
