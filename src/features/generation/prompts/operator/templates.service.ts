import { Injectable } from '@nestjs/common';
import type { Principal } from '../../../../platform/auth/principal.js';
import { AuditLog } from '../../../ops/index.js';
import { Models } from '../../models/models.js';
import type { GenerationTemplate } from '../generation-template.entity.js';
import { promptMessages } from '../prompt-messages.js';
import { textProblems } from '../template-rules.js';
import { fill, type Wanted } from '../template-text.js';
import { TemplatesRepository } from '../templates.repository.js';
import type { CreateTemplateDto, TemplatePreviewDto, TemplatesQuery, UpdateTemplateDto } from './template.dto.js';
import { templateInvalid, templateKindDiffers, templateNotFound, unknownModel } from './templates.errors.js';

/** What the operator sees and changes of templates. Texts are never changed, for jobs name them: they get a new version. */
@Injectable()
export class TemplatesService {
  constructor(
    private readonly templates: TemplatesRepository,
    private readonly models: Models,
    private readonly audit: AuditLog,
  ) {}

  page(query: TemplatesQuery): Promise<[GenerationTemplate[], number]> {
    return this.templates.page(query, query);
  }

  /** @throws DomainError `generation.template_not_found` */
  async get(id: string): Promise<GenerationTemplate> {
    const template = await this.templates.find(id);
    if (!template) throw templateNotFound();
    return template;
  }

  /** The next version of a name, or the first. @throws DomainError */
  async create(by: Principal, asked: CreateTemplateDto): Promise<GenerationTemplate> {
    const { name, kind, isActive = true, weight = 1, model = null } = asked;
    const texts = { body: asked.body.trim(), fallback: asked.fallback.trim() };
    const problems = textProblems(texts);
    if (problems.length > 0) throw templateInvalid(problems);
    this.checkModel(model);
    return this.templates.changing(async () => {
      const [last] = await this.templates.versionsOf(name);
      if (last && last.kind !== kind) throw templateKindDiffers(name, last.kind);
      const version = (last?.version ?? 0) + 1;
      const settings = { isActive, weight, model, source: 'operator' as const };
      const after = await this.templates.insert({ name, kind, version, ...texts, ...settings });
      await this.record(by, 'generation_template.created', null, after);
      return after;
    });
  }

  /** @throws DomainError */
  async update(by: Principal, id: string, changes: UpdateTemplateDto): Promise<GenerationTemplate> {
    this.checkModel(changes.model ?? null);
    return this.templates.changing(async () => {
      const before = await this.get(id);
      const after = await this.templates.update(before, changes);
      await this.record(by, 'generation_template.updated', before, after);
      return after;
    });
  }

  /** What the LLM would be sent, and what is taken without it. @throws DomainError `generation.template_not_found` */
  async preview(id: string, wanted: Wanted): Promise<TemplatePreviewDto> {
    const { body, fallback } = await this.get(id);
    const { system, user } = promptMessages(body, wanted);
    return {
      messages: [
        { role: 'system', content: system },
        { role: 'user', content: user },
      ],
      fallback: fill(fallback, wanted),
    };
  }

  private checkModel(slug: string | null): void {
    if (slug !== null && !this.models.get(slug)) throw unknownModel(slug);
  }

  private async record(
    by: Principal,
    action: string,
    before: GenerationTemplate | null,
    after: GenerationTemplate,
  ): Promise<void> {
    const subject = `generation_template:${after.name}:${after.version}`;
    await this.audit.record({ actor: `user:${by.id}`, action, subject, before, after });
  }
}
