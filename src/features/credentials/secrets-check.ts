import type { FieldProblem } from '../../platform/errors/problem.js';
import type { SecretForm } from './platforms/platform.js';

const LONGEST_SECRET = 8_192;
/** Of a hundred fields that nobody knows, some are enough to see what is wrong. */
const MOST_PROBLEMS = 20;

/** What is wrong with secrets that should fill in one of `forms`: nothing, or a sentence for each field. */
export function secretsProblems(forms: readonly SecretForm[], secrets: Readonly<Record<string, unknown>>) {
  const form = meantForm(forms, Object.keys(secrets));
  const fields = form?.fields ?? [];
  const given = Object.entries(secrets).map(([name, value]) => {
    const known = fields.some((field) => field.name === name);
    return problem(name, known ? valueProblem(value) : `is no field of ${form?.name ?? 'this platform'}`);
  });
  const missing = fields
    .filter(({ name, required }) => required && !Object.hasOwn(secrets, name))
    .map(({ name }) => problem(name, 'is required'));
  return [...missing, ...given].filter((found) => found !== null).slice(0, MOST_PROBLEMS);
}

/** The form that most of the names are of; of those the one that lacks least. */
function meantForm(forms: readonly SecretForm[], names: readonly string[]): SecretForm | undefined {
  const ranked = forms.map((form) => {
    const known = form.fields.filter(({ name }) => names.includes(name)).length;
    const lacking = form.fields.filter(({ name, required }) => required && !names.includes(name)).length;
    return { form, known, lacking };
  });
  return ranked.toSorted((a, b) => b.known - a.known || a.lacking - b.lacking)[0]?.form;
}

function valueProblem(value: unknown): string | null {
  if (typeof value !== 'string') return 'must be a string';
  const fits = value.length >= 1 && value.length <= LONGEST_SECRET;
  return fits ? null : `must have 1 to ${LONGEST_SECRET} characters`;
}

function problem(name: string, message: string | null): FieldProblem | null {
  return message === null ? null : { field: `secrets.${name}`, message };
}
