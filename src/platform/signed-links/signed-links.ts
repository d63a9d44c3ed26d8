import { createHmac, timingSafeEqual } from 'node:crypto';
import { posix } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../clock/clock.js';
import { derivedKey } from '../crypto/derived-key.js';
import { secretsConfig, type SecretsConfig } from '../crypto/secrets.config.js';
import { linkInvalid } from './signed-links.errors.js';

const LIFETIME_MS = 5 * 60_000;

/** A file of a user, and how a browser shall take it. */
export interface SignedFile {
  /** Id of the user whose file it is. */
  owner: string;
  /** Of the storage, below `media/user_{owner}/`. */
  key: string;
  /** What it is called when it is saved. */
  fileName: string;
  contentType: string;
  disposition: 'inline' | 'attachment';
}

type Payload = SignedFile & { expiresAt: number };

/**
 * Links that open one file of one user for five minutes, for players and downloads, which send no bearer. Nothing is
 * stored: who has the link has the file, and the signature says that it was given to somebody who may.
 */
@Injectable()
export class SignedLinks {
  private readonly secret: Buffer;

  constructor(
    @Inject(secretsConfig.key) secrets: SecretsConfig,
    private readonly clock: Clock,
  ) {
    this.secret = derivedKey(secrets, 'signed links');
  }

  /** @returns the path of the link; throws when the file is not the owner's, which is a fault of the caller. */
  make(file: SignedFile): string {
    if (!isOwn(file)) throw new Error(`The key ${file.key} is not of user ${file.owner}`);
    const expiresAt = this.clock.now().getTime() + LIFETIME_MS;
    const payload = Buffer.from(JSON.stringify({ ...file, expiresAt } satisfies Payload)).toString('base64url');
    return `/api/v1/files/${payload}.${this.macOf(payload)}`;
  }

  /** @throws DomainError `files.link_invalid`: not one of ours, or it has expired */
  read(token: string): SignedFile {
    const [payload = '', mac = '', ...rest] = token.split('.');
    if (rest.length > 0 || !isSame(mac, this.macOf(payload))) throw linkInvalid();
    const { expiresAt, ...file } = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Payload;
    if (this.clock.now().getTime() >= expiresAt) throw linkInvalid();
    return file;
  }

  private macOf(payload: string): string {
    return createHmac('sha256', this.secret).update(payload).digest('base64url');
  }
}

function isOwn({ owner, key }: SignedFile): boolean {
  const folder = `media/user_${owner}/`;
  return key.startsWith(folder) && key.length > folder.length && posix.normalize(key) === key;
}

/** Compares the texts: of the bytes that they stand for, base64 has more than one spelling. */
function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
