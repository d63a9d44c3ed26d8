import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import type { GenerationTemplate } from './generation-template.entity.js';
import type { TemplateFile } from './template-file.js';
import { readTemplates, TEMPLATES_FOLDER } from './template-files.js';
import { TemplatesRepository } from './templates.repository.js';

/**
 * Brings the templates of the files into the table when a process starts. A version that is there already is left alone:
 * jobs name it, and its weight, model and being active are the operator's.
 */
@Injectable()
export class TemplatesSync implements OnModuleInit {
  private readonly logger = new Logger(TemplatesSync.name);

  constructor(
    @Inject(TEMPLATES_FOLDER) private readonly folder: string,
    private readonly templates: TemplatesRepository,
  ) {}

  /** @throws TemplateFilesError: with templates that nobody can use there is no start */
  async onModuleInit(): Promise<void> {
    const files = await readTemplates(this.folder);
    await this.templates.changing(async () => {
      for (const file of files) await this.take(file);
    });
  }

  private async take(file: TemplateFile): Promise<void> {
    const { name, version } = file;
    const versions = await this.templates.versionsOf(name);
    const same = versions.find((each) => each.version === version);
    if (same) {
      if (isOther(same, file)) this.logger.error(`prompts/generation/${name}.md is not used: ${reasonOf(same)}`);
      return;
    }
    const isActive = takesOver(file, versions);
    await this.templates.insert({ ...file, isActive, source: 'file' });
    this.logger.log(`Version ${version} of the template ${name} is there, ${isActive ? 'and' : 'but not'} active`);
  }
}

/** What is newer is followed, be it of a file or the operator's; and a name that he has switched off stays off. */
function takesOver({ version }: TemplateFile, versions: readonly GenerationTemplate[]): boolean {
  const active = versions.find(({ isActive }) => isActive);
  return versions.length === 0 || (active !== undefined && active.version < version);
}

function isOther(known: GenerationTemplate, file: TemplateFile): boolean {
  return known.kind !== file.kind || known.body !== file.body || known.fallback !== file.fallback;
}

const reasonOf = ({ version, source }: GenerationTemplate) =>
  source === 'file'
    ? `it has been changed, and is still version ${version}; a changed template needs a higher one`
    : `the operator has written a version ${version} of his own; the file needs a higher one`;
