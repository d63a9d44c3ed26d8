import { Check, Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/** A version of a prompt template: from a file of `prompts/`, or written by the operator. Never changed once written. */
@Entity('generation_templates')
@Check('generation_templates_kind_check', `kind IN ('ugc', 'ad')`)
@Check('generation_templates_weight_check', `weight >= 0`)
@Check('generation_templates_source_check', `source IN ('file', 'operator')`)
@Index('generation_templates_version', ['name', 'version'], { unique: true })
@Index('generation_templates_active', ['name'], { unique: true, where: 'is_active' })
export class GenerationTemplate {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  /** Several names of one kind are tried against each other, by `weight`. */
  @Column({ type: 'text' })
  name!: string;

  @Column({ type: 'text' })
  kind!: 'ugc' | 'ad';

  @Column({ type: 'integer' })
  version!: number;

  /** What the LLM is told; `{{product}}`, `{{wishes}}` are filled in. */
  @Column({ type: 'text' })
  body!: string;

  /** The video prompt itself, for when there is no LLM to write one. */
  @Column({ type: 'text' })
  fallback!: string;

  /** Slug of the video model that it is for; null: the default. */
  @Column({ type: 'text', nullable: true })
  model!: string | null;

  @Column({ type: 'integer', default: 1 })
  weight!: number;

  /** At most one version of a name. */
  @Column({ type: 'boolean', default: true })
  isActive!: boolean;

  @Column({ type: 'text' })
  source!: 'file' | 'operator';

  @Column({ type: 'timestamptz', default: () => 'now()' })
  createdAt!: Date;
}
