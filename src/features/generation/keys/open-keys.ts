import { Injectable } from '@nestjs/common';
import type { KieKey } from '../kie/kie-client.js';
import { KeySafe, UNDECIPHERABLE } from './key-safe.js';
import { KeysRepository, type KeyRow } from './keys.repository.js';

/** A row together with what it hides; null: it cannot be opened any more. */
export type KnownKey = KeyRow & { opened: KieKey | null };
export type OpenKey = KeyRow & { opened: KieKey };

/** Rows of keys with the keys in them. They are opened anew each time: that costs less than to ask for the rows. */
@Injectable()
export class OpenKeys {
  constructor(
    private readonly keys: KeysRepository,
    private readonly safe: KeySafe,
  ) {}

  /** One that cannot be opened counts as `invalid`. */
  async all(): Promise<KnownKey[]> {
    return (await this.keys.all()).map((row) => this.known(row));
  }

  async open(): Promise<OpenKey[]> {
    return (await this.all()).filter(isOpen);
  }

  private known(row: KeyRow): KnownKey {
    const apiKey = this.safe.open(row);
    if (apiKey !== null) return { ...row, opened: { id: row.id, account: row.account, apiKey } };
    if (row.status === 'disabled') return { ...row, opened: null };
    return { ...row, opened: null, status: 'invalid', blockReason: UNDECIPHERABLE };
  }
}

export function isOpen(key: KnownKey): key is OpenKey {
  return key.opened !== null;
}
