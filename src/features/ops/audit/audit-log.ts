import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.js';
import { AuditRepository } from './audit.repository.js';

export interface AuditEntry {
  /** `user:{id}` of the one who is signed in, or `telegram:{id}`. */
  actor: string;
  /** E.g. `provider.updated`. */
  action: string;
  /** E.g. `provider:yt-dlp`. */
  subject: string;
  /** Without secrets: masked they may be. null: it was not there. */
  before: object | null;
  after: object | null;
}

/** Every change that an operator makes, in the same transaction as the change. */
@Injectable()
export class AuditLog {
  constructor(
    private readonly records: AuditRepository,
    private readonly clock: Clock,
  ) {}

  async record({ actor, action, subject, before, after }: AuditEntry): Promise<void> {
    await this.records.insert({ actor, action, subject, before, after, at: this.clock.now() });
  }
}
