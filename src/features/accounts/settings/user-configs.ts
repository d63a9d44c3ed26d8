import { Injectable } from '@nestjs/common';
import { unauthenticated } from '../../../platform/auth/auth.errors.js';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { validationPipe } from '../../../platform/errors/validation.js';
import { ConfigDto } from './config.dto.js';
import type { ConfigChoices, ConfigDocument, ConfigSection } from './config-document.js';
import { mergeChoices } from './merge-choices.js';
import { resolveConfig } from './resolve-config.js';
import { UserConfigsRepository } from './user-configs.repository.js';

/**
 * How users want their recordings treated. Kept is what each has chosen himself: all else is as the defaults are today.
 */
@Injectable()
export class UserConfigs {
  private readonly schema = validationPipe();

  constructor(
    private readonly database: Database,
    private readonly configs: UserConfigsRepository,
    private readonly clock: Clock,
  ) {}

  /** At registration, in its transaction. Does nothing for whoever has one. */
  async createFor(owner: string): Promise<void> {
    await this.configs.lock(owner, this.clock.now());
  }

  async documentOf(owner: string): Promise<ConfigDocument> {
    return resolveConfig({ user: await this.choicesOf(owner) });
  }

  /** What he has chosen, as the layer `user` of a resolution. */
  async choicesOf(owner: string): Promise<ConfigChoices> {
    return (await this.configs.find(owner)) ?? {};
  }

  /**
   * Merges `patch` into what he has chosen; null is «back to the default».
   * @throws InvalidRequest when a field is unknown, or a value does not fit
   */
  async change(owner: string, patch: unknown): Promise<ConfigDocument> {
    return this.replace(owner, (choices) => mergeChoices(choices, patch));
  }

  /** Back to the defaults, with one section or all. */
  async reset(owner: string, section?: ConfigSection): Promise<ConfigDocument> {
    return this.replace(owner, (choices) => (section === undefined ? {} : { ...choices, [section]: undefined }));
  }

  /** Of changes that come at once, each goes on from what the one before has left. */
  private async replace(owner: string, change: (choices: ConfigChoices) => ConfigChoices): Promise<ConfigDocument> {
    return this.database.transaction(async () => {
      const before = await this.configs.lock(owner, this.clock.now());
      if (!before) throw unauthenticated();
      const choices = change(before);
      const document = resolveConfig({ user: choices });
      await this.schema.transform(document, { type: 'body', metatype: ConfigDto });
      await this.configs.save(owner, choices);
      return document;
    });
  }
}
