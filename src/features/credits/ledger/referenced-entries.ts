import { Injectable } from '@nestjs/common';
import { In, LessThan, MoreThan } from 'typeorm';
import { Database } from '../../../platform/database/database.js';
import { CreditEntry } from './credit-entry.entity.js';

/** A person's lines about one thing; a unique index sees to it that there is at most one of each. */
@Injectable()
export class ReferencedEntries {
  constructor(private readonly database: Database) {}

  hold(reference: string): Promise<CreditEntry | null> {
    return this.entries.findOneBy({ reference, kind: 'hold' });
  }

  /** Its capture or release. */
  end(reference: string): Promise<CreditEntry | null> {
    return this.entries.findOneBy({ reference, kind: In(['capture', 'release']), heldDelta: LessThan(0) });
  }

  capture(reference: string): Promise<CreditEntry | null> {
    return this.entries.findOneBy({ reference, kind: 'capture', heldDelta: LessThan(0) });
  }

  refund(reference: string): Promise<CreditEntry | null> {
    return this.entries.findOneBy({ reference, kind: 'refund', availableDelta: MoreThan(0) });
  }

  private get entries() {
    return this.database.repository(CreditEntry);
  }
}
