import { Injectable } from '@nestjs/common';
import { KeyRing } from '../../../platform/crypto/key-ring.js';
import { DomainError } from '../../../platform/errors/domain-error.js';
import { keyContext } from './generation-key.entity.js';

/** Why a key that does not open counts as invalid. */
export const UNDECIPHERABLE = 'It cannot be decrypted any more';

/** Encrypts keys of KIE, each bound to its row, and opens them for a call. */
@Injectable()
export class KeySafe {
  constructor(private readonly ring: KeyRing) {}

  close(id: string, apiKey: string): string {
    return this.ring.encrypt(apiKey, keyContext(id));
  }

  /** @returns null for one that cannot be opened any more: it was encrypted with a key that is gone */
  open({ id, apiKey }: { id: string; apiKey: string }): string | null {
    try {
      return this.ring.decrypt(apiKey, keyContext(id));
    } catch (error) {
      if (error instanceof DomainError) return null;
      throw error;
    }
  }
}
