import { InvalidRequest } from '../../../platform/errors/invalid-request.js';
import type { FieldProblem } from '../../../platform/errors/problem.js';
import { CONFIG_DEFAULTS, type ConfigChoices } from './config-document.js';
import { isBranch } from './is-branch.js';

type Branch = Record<string, unknown>;

/**
 * What a user has chosen once he has changed his mind: objects are merged, values and lists replaced, and what is null
 * goes back to its default. Only fields that the document has get into it; whether their values fit is not looked at.
 * @throws InvalidRequest naming, dotted, every field that is unknown or not an object where one belongs
 */
export function mergeChoices(choices: ConfigChoices, patch: unknown): ConfigChoices {
  const problems: FieldProblem[] = [];
  const merged = mergeBranch(choices, patch, CONFIG_DEFAULTS, '', problems);
  if (problems.length > 0) throw new InvalidRequest(problems);
  return merged;
}

function mergeBranch(choices: unknown, patch: unknown, known: Branch, path: string, problems: FieldProblem[]): Branch {
  if (!isBranch(patch)) {
    problems.push({ field: path === '' ? 'body' : path, message: 'must be an object' });
    return {};
  }
  const merged = new Map(Object.entries(isBranch(choices) ? choices : {}));
  for (const [name, value] of Object.entries(patch)) {
    const field = path === '' ? name : `${path}.${name}`;
    if (!Object.hasOwn(known, name)) {
      problems.push({ field, message: 'should not exist' });
    } else if (value === null) {
      merged.delete(name);
    } else {
      const below = known[name];
      merged.set(name, isBranch(below) ? mergeBranch(merged.get(name), value, below, field, problems) : value);
    }
  }
  return Object.fromEntries(merged);
}
