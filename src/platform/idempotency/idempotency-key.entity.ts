import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A write that a caller has named, and its answer once there is one. */
@Entity('idempotency_keys')
@Index('idempotency_keys_claim_key', ['claim'], { unique: true })
@Index('idempotency_keys_expires_at_idx', ['expiresAt'])
export class IdempotencyKey {
  /** Id of the account that calls. */
  @PrimaryColumn('text')
  caller!: string;

  /** Method and path pattern: `POST /api/v1/generation/jobs/:id/retry`. */
  @PrimaryColumn('text')
  route!: string;

  /** What the caller sent as Idempotency-Key. */
  @PrimaryColumn('text')
  key!: string;

  /** SHA-256 of URL and body, base64url. */
  @Column('text')
  requestHash!: string;

  /** Which run of the request holds the key: one that was given up for dead cannot overwrite its successor. */
  @Column('uuid')
  claim!: string;

  @Column('timestamptz')
  startedAt!: Date;

  @Column('timestamptz')
  expiresAt!: Date;

  /** HTTP status of the answer; null while the write runs. */
  @Column('smallint', { nullable: true })
  status!: number | null;

  /** The answer's JSON; null when it has no body. */
  @Column('text', { nullable: true })
  answer!: string | null;
}
