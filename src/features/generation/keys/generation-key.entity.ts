import { Check, Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

export const KEY_STATUSES = ['active', 'rate_limited', 'billing_blocked', 'invalid', 'disabled'] as const;
export type KeyStatus = (typeof KEY_STATUSES)[number];

export const KEY_SOURCES = ['operator', 'environment', 'stand_in'] as const;
/** Who has put it there. `stand_in`: it opens KIE's stand-in of the sandbox, while there is no other key. */
export type KeySource = (typeof KEY_SOURCES)[number];

/** A key of KIE. Keys of one account share its limits and its money. */
@Entity('generation_keys')
@Check('generation_keys_status_check', `status IN ('active', 'rate_limited', 'billing_blocked', 'invalid', 'disabled')`)
@Check('generation_keys_source_check', `source IN ('operator', 'environment', 'stand_in')`)
@Check('generation_keys_in_flight_check', `in_flight >= 0`)
@Index('generation_keys_name', ['name'], { unique: true })
export class GenerationKey {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column({ type: 'text' })
  name!: string;

  @Column({ type: 'text' })
  account!: string;

  /** Encrypted, bound to the row (`keyContext`). */
  @Column({ type: 'text' })
  apiKey!: string;

  @Column({ type: 'text', default: 'operator' })
  source!: KeySource;

  /** `rate_limited` and `billing_blocked` end by themselves with `blockedUntil`. */
  @Column({ type: 'text', default: 'active' })
  status!: KeyStatus;

  @Column({ type: 'timestamptz', nullable: true })
  blockedUntil!: Date | null;

  @Column({ type: 'text', nullable: true })
  blockReason!: string | null;

  /** Answers 429 in a row, of the account. */
  @Column({ type: 'integer', default: 0 })
  rateLimits!: number;

  /** Open submissions, changed in the transaction that opens or ends one. */
  @Column({ type: 'integer', default: 0 })
  inFlight!: number;

  @Column({ type: 'integer', default: 0 })
  requests!: number;

  @Column({ type: 'integer', default: 0 })
  failures!: number;

  @Column({ type: 'timestamptz', nullable: true })
  lastUsedAt!: Date | null;

  /** KIE's credits, as KIE has told last. */
  @Column({ type: 'double precision', nullable: true })
  balance!: number | null;

  @Column({ type: 'timestamptz', nullable: true })
  balanceAt!: Date | null;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  createdAt!: Date;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  updatedAt!: Date;
}

export function keyContext(id: string): string {
  return `generation_keys.api_key:${id}`;
}

/** How a key stands that nothing is known of yet. */
export const FRESH = {
  status: 'active',
  blockedUntil: null,
  blockReason: null,
  rateLimits: 0,
  balance: null,
  balanceAt: null,
} as const;
