import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { processConfig, type ProcessConfig } from '../../../platform/config/process.config.js';

/** What the last part of a callback's address says: `{jobId}.{attempt}.{token}`. */
export interface CallbackAddress {
  jobId: string;
  attempt: number;
  token: string;
}

const ADDRESS =
  /^(?<jobId>[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12})\.(?<attempt>[1-9]\d{0,8})\.(?<token>[\w-]{43})$/;

/** Where the provider calls back: each call of createTask has an address of its own, which nobody else can know. */
@Injectable()
export class CallbackAddresses {
  constructor(@Inject(processConfig.key) private readonly process: ProcessConfig) {}

  /** The hash is what is stored. */
  newToken(): { token: string; tokenHash: string } {
    const token = randomBytes(32).toString('base64url');
    return { token, tokenHash: hashOf(token).toString('hex') };
  }

  of({ jobId, attempt, token }: CallbackAddress): string {
    const { publicBaseUrl, port } = this.process;
    const base = (publicBaseUrl ?? `http://localhost:${port}`).replace(/\/+$/, '');
    return `${base}/api/v1/generation/kie/callback/${jobId}.${attempt}.${token}`;
  }
}

/** @param text the last part of an address. @returns null when it is none of ours */
export function readCallbackAddress(text: string): CallbackAddress | null {
  const { jobId, attempt, token } = ADDRESS.exec(text)?.groups ?? {};
  if (jobId === undefined || attempt === undefined || token === undefined) return null;
  return { jobId, attempt: Number(attempt), token };
}

/** @param tokenHash hex */
export function isTokenOf(token: string, tokenHash: string): boolean {
  const [given, expected] = [hashOf(token), Buffer.from(tokenHash, 'hex')];
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
