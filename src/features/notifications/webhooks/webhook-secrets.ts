import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { EncryptedColumn } from '../../../platform/crypto/encrypted-columns.js';
import { KeyRing } from '../../../platform/crypto/key-ring.js';
import { mask } from '../../../platform/crypto/mask.js';
import type { Webhook } from './webhook.entity.js';

const contextOf = (id: string) => `webhooks:${id}`;

export const webhookSecretsColumn: EncryptedColumn = { table: 'webhooks', column: 'secret', context: contextOf };

type Sealed = Pick<Webhook, 'id' | 'secret'>;

/** What webhooks are signed with: encrypted in the context `webhooks:{id}`. */
@Injectable()
export class WebhookSecrets {
  constructor(private readonly keys: KeyRing) {}

  make(): string {
    return `whsec_${randomBytes(24).toString('base64url')}`;
  }

  seal(id: string, secret: string): string {
    return this.keys.encrypt(secret, contextOf(id));
  }

  /** @throws DomainError `crypto.undecipherable` */
  open({ id, secret }: Sealed): string {
    return this.keys.decrypt(secret, contextOf(id));
  }

  /** One that cannot be opened any more must not hide its webhook: it is there to be replaced. */
  masked(webhook: Sealed): string {
    try {
      return mask(this.open(webhook));
    } catch {
      return mask('');
    }
  }
}
