import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '../errors/domain-error.js';
import type { EncryptionKey } from './encryption-key.js';
import { secretsConfig, type SecretsConfig } from './secrets.config.js';

const VERSION = 'v1';
const CIPHER = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;
const CIPHERTEXT = /^v1\.([\w-]{1,32})\.[\w-]+$/;

/**
 * Encrypts what is secret at rest: AES-256-GCM with a random IV, as `v1.<keyId>.<base64url of iv, tag, ciphertext>`.
 * `context` says where the secret lives (`credentials:<id>`); copied to another place, a ciphertext does not open.
 */
@Injectable()
export class KeyRing {
  private readonly newest: EncryptionKey;
  private readonly keys: Map<string, Buffer>;

  constructor(@Inject(secretsConfig.key) { encryptionKeys = [] }: SecretsConfig) {
    const [newest] = encryptionKeys;
    if (!newest) throw new Error('ENCRYPTION_KEYS is not decided');
    this.newest = newest;
    this.keys = new Map(encryptionKeys.map(({ id, key }) => [id, key]));
  }

  encrypt(text: string, context: string): string {
    const { id, key } = this.newest;
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv(CIPHER, key, iv).setAAD(boundTo(id, context));
    const ciphertext = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return [VERSION, id, Buffer.concat([iv, cipher.getAuthTag(), ciphertext]).toString('base64url')].join('.');
  }

  /** Whether it was encrypted with the newest key. */
  isCurrent(encrypted: string): boolean {
    return keyIdOf(encrypted) === this.newest.id;
  }

  /** @throws DomainError `crypto.undecipherable`: the key is gone, the context is another, or it was tampered with. */
  decrypt(encrypted: string, context: string): string {
    const [version, id = '', body = ''] = encrypted.split('.');
    const key = this.keys.get(id);
    if (version !== VERSION || !key) throw undecipherable(`no key «${id}» of version «${version ?? ''}»`);
    const bytes = Buffer.from(body, 'base64url');
    const iv = bytes.subarray(0, IV_BYTES);
    const tag = bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES);
    try {
      const decipher = createDecipheriv(CIPHER, key, iv, { authTagLength: TAG_BYTES });
      decipher.setAAD(boundTo(id, context)).setAuthTag(tag);
      return decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
    } catch (cause) {
      throw undecipherable('it is damaged or belongs elsewhere', cause);
    }
  }
}

/** Which key a ciphertext was made with; undefined for what is no ciphertext of ours. */
export function keyIdOf(encrypted: string): string | undefined {
  return CIPHERTEXT.exec(encrypted)?.[1];
}

function boundTo(keyId: string, context: string): Buffer {
  return Buffer.from([VERSION, keyId, context].join('.'));
}

function undecipherable(reason: string, cause?: unknown): DomainError {
  return new DomainError('crypto.undecipherable', 'internal', `A secret cannot be decrypted: ${reason}`, { cause });
}
