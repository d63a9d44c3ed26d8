import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseTemplate, type TemplateFile, TemplateFilesError } from './template-file.js';

/** Injection token: the folder of the templates that come with Nexus. */
export const TEMPLATES_FOLDER = Symbol('templates-folder');

/** Beside `src` and beside `dist`, which are equally deep. */
export const SHIPPED_TEMPLATES = join(__dirname, '..', '..', '..', '..', 'prompts', 'generation');

/** All templates of a folder. @throws TemplateFilesError with everything that is wrong with any of them */
export async function readTemplates(folder: string): Promise<TemplateFile[]> {
  const names = await readdir(folder).catch((error: unknown) => {
    throw new TemplateFilesError([`${folder} cannot be read: ${String(error)}`]);
  });
  const files = names.filter((name) => name.endsWith('.md')).sort();
  if (files.length === 0) throw new TemplateFilesError([`there is none in ${folder}`]);
  const problems: string[] = [];
  const templates: TemplateFile[] = [];
  for (const file of files) {
    try {
      templates.push(parseTemplate(file, await readFile(join(folder, file), 'utf8')));
    } catch (error) {
      if (!(error instanceof TemplateFilesError)) throw error;
      problems.push(...error.problems);
    }
  }
  if (problems.length > 0) throw new TemplateFilesError(problems);
  return templates;
}
