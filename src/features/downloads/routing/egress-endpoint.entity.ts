import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/** The machine's own way out: always there, and no row. */
export const OWN_EGRESS = 'direct';

/** Binds an encrypted address to its row. */
export const egressUrlContext = (id: string) => `egress_endpoints:${id}:url`;

/** A proxy that providers may leave through; a provider names its own in `options.egress`. */
@Entity('egress_endpoints')
@Index('egress_endpoints_name', ['name'], { unique: true })
export class EgressEndpoint {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column({ type: 'text' })
  name!: string;

  /** Encrypted, with `egressUrlContext` of the row: http, https or socks5, with its credentials. */
  @Column({ type: 'text' })
  url!: string;

  /** ISO 3166-1 alpha-2; tells where a video is that is not shown in our country. */
  @Column({ type: 'text', nullable: true })
  country!: string | null;

  @Column({ type: 'boolean', default: true })
  isActive!: boolean;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  createdAt!: Date;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  updatedAt!: Date;
}
