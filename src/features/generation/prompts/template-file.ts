import { parse } from 'yaml';
import {
  LARGEST_WEIGHT,
  LONGEST_NAME,
  NAME,
  TEMPLATE_KINDS,
  type TemplateKind,
  textProblems,
} from './template-rules.js';

/** A template as a file of `prompts/` has it. */
export interface TemplateFile {
  name: string;
  kind: TemplateKind;
  version: number;
  weight: number;
  model: string | null;
  body: string;
  fallback: string;
}

/** Everything that is wrong with the files, at once. */
export class TemplateFilesError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(['The prompt templates have problems:', ...problems.map((problem) => `  - ${problem}`)].join('\n'));
    this.name = 'TemplateFilesError';
  }
}

const FIELDS = ['name', 'kind', 'version', 'weight', 'model'];
const SECTIONS = ['LLM', 'Fallback'] as const;
const FRONT_MATTER = /^---\n(.*?)\n---\n(.*)$/s;

/**
 * Front matter (`name, kind, version, weight`, if it is to be so `model`), then the sections `# LLM` and `# Fallback`.
 * @param fileName without its folder; `{name}.md`
 * @throws TemplateFilesError
 */
export function parseTemplate(fileName: string, text: string): TemplateFile {
  const [, head, content] = FRONT_MATTER.exec(text.replaceAll('\r\n', '\n')) ?? [];
  if (head === undefined || content === undefined) {
    throw new TemplateFilesError([`${fileName}: must begin with front matter between two lines of ---`]);
  }
  const problems: string[] = [];
  const fields = fieldsOf(head, problems);
  const template = { ...settingsOf(fields, problems), ...sectionsOf(content, problems) };
  if (problems.length === 0) problems.push(...textProblems(template));
  if (template.name !== '' && fileName !== `${template.name}.md`) problems.push(`must be called ${template.name}.md`);
  if (problems.length > 0) throw new TemplateFilesError(problems.map((problem) => `${fileName}: ${problem}`));
  return template;
}

function fieldsOf(head: string, problems: string[]): Record<string, unknown> {
  try {
    const parsed: unknown = parse(head);
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return { ...parsed };
    problems.push('the front matter must be fields and their values');
  } catch (error) {
    problems.push(`the front matter is no YAML: ${error instanceof Error ? error.message : String(error)}`);
  }
  return {};
}

function settingsOf(fields: Record<string, unknown>, problems: string[]) {
  const { name, kind, version, weight, model = null } = fields;
  const unknown = Object.keys(fields).filter((field) => !FIELDS.includes(field));
  if (unknown.length > 0) problems.push(`unknown in the front matter: ${unknown.join(', ')}`);
  const isName = typeof name === 'string' && NAME.test(name) && name.length <= LONGEST_NAME;
  if (!isName) problems.push('name must be words of small letters and digits with hyphens between them');
  const known = TEMPLATE_KINDS.find((each) => each === kind);
  if (!known) problems.push(`kind must be one of ${TEMPLATE_KINDS.join(', ')}`);
  if (model !== null && typeof model !== 'string') problems.push('model must be the slug of a video model');
  return {
    name: isName ? name : '',
    kind: known ?? TEMPLATE_KINDS[0],
    version: wholeNumber('version', version, 1, 1_000_000, problems),
    weight: wholeNumber('weight', weight, 0, LARGEST_WEIGHT, problems),
    model: typeof model === 'string' ? model : null,
  };
}

function wholeNumber(field: string, value: unknown, least: number, most: number, problems: string[]): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return value;
  problems.push(`${field} must be a whole number from ${least} to ${most}`);
  return least;
}

function sectionsOf(content: string, problems: string[]): { body: string; fallback: string } {
  const [before = '', ...parts] = content.split(/^# (.+)$/m);
  const titles = parts.filter((_, index) => index % 2 === 0).map((title) => title.trim());
  if (before.trim() !== '' || titles.join() !== SECTIONS.join()) {
    problems.push(`after the front matter there must be ${SECTIONS.map((title) => `# ${title}`).join(' and ')} alone`);
  }
  const [, body = '', , fallback = ''] = parts;
  return { body: body.trim(), fallback: fallback.trim() };
}
