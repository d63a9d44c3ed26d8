import { Injectable } from '@nestjs/common';
import { Not } from 'typeorm';
import { Database } from '../../../platform/database/database.js';
import { narrow } from '../../../platform/http-server/filters.js';
import { pageWindow, type PageQuery } from '../../../platform/http-server/paging.js';
import { GenerationTemplate } from './generation-template.entity.js';
import type { TemplateKind } from './template-rules.js';

export interface TemplateFilter {
  kind?: TemplateKind;
  name?: string;
  isActive?: boolean;
}

type NewTemplate = Omit<GenerationTemplate, 'id' | 'createdAt'>;
/** undefined: as it was. */
interface Changes {
  isActive?: boolean | undefined;
  weight?: number | undefined;
  model?: string | null | undefined;
}

@Injectable()
export class TemplatesRepository {
  constructor(private readonly database: Database) {}

  /**
   * Runs `work` in a transaction in which nobody else changes templates, in no process: so that of each name one version
   * at most is active, and versions are counted without gaps.
   */
  changing<T>(work: () => Promise<T>): Promise<T> {
    return this.database.transaction(async () => {
      await this.database.lock('generation.templates');
      return work();
    });
  }

  page({ kind, name, isActive }: TemplateFilter, query: PageQuery): Promise<[GenerationTemplate[], number]> {
    const { skip, take } = pageWindow(query);
    const all = this.rows.createQueryBuilder('t').orderBy('t.name').addOrderBy('t.version', 'DESC');
    return narrow(all.skip(skip).take(take), { kind, name, isActive }, {}).getManyAndCount();
  }

  find(id: string): Promise<GenerationTemplate | null> {
    return this.rows.findOneBy({ id });
  }

  /** All versions, the newest first. */
  versionsOf(name: string): Promise<GenerationTemplate[]> {
    return this.rows.find({ where: { name }, order: { version: 'DESC' } });
  }

  /** By their names. */
  activeOf(kind: TemplateKind): Promise<GenerationTemplate[]> {
    return this.rows.find({ where: { kind, isActive: true }, order: { name: 'ASC' } });
  }

  /** An active one takes the place of the version that was. Only within `changing`. */
  async insert(template: NewTemplate): Promise<GenerationTemplate> {
    if (template.isActive) await this.rows.update({ name: template.name, isActive: true }, { isActive: false });
    return this.rows.save(this.rows.create(template));
  }

  /** One that becomes active takes the place of the version that was. Only within `changing`. */
  async update({ id, name }: GenerationTemplate, changes: Changes): Promise<GenerationTemplate> {
    if (changes.isActive) await this.rows.update({ name, isActive: true, id: Not(id) }, { isActive: false });
    // TypeORM refuses an update of nothing.
    if (Object.values(changes).some((value) => value !== undefined)) await this.rows.update({ id }, changes);
    return this.rows.findOneByOrFail({ id });
  }

  private get rows() {
    return this.database.repository(GenerationTemplate);
  }
}
