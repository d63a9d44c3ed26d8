import { Injectable } from '@nestjs/common';
import type { GenerationTemplate } from './generation-template.entity.js';
import type { TemplateKind } from './template-rules.js';
import { TemplatesRepository } from './templates.repository.js';
import { weightedChoice } from './weighted-choice.js';

@Injectable()
export class Templates {
  constructor(private readonly templates: TemplatesRepository) {}

  /** The active version of a template of this kind, by weight: the same for the same `seed`. null: there is none. */
  async choose(kind: TemplateKind, seed: string): Promise<GenerationTemplate | null> {
    return weightedChoice(await this.templates.activeOf(kind), seed);
  }
}
