import { ValidateBy } from 'class-validator';

/** What titles and descriptions may name of a recording, in braces. */
const PLACEHOLDERS = ['display_name', 'date', 'topics'] as const;

const NAMED = PLACEHOLDERS.map((name) => `{${name}}`).join(', ');

/** Marks a text whose braces hold nothing but placeholders: a misspelt one would be seen by everybody. */
export function IsMetadataTemplate(): PropertyDecorator {
  return ValidateBy({
    name: 'isMetadataTemplate',
    validator: {
      validate: (value: unknown) => typeof value !== 'string' || unknownPlaceholders(value).length === 0,
      defaultMessage: () => `may have in braces only ${NAMED}`,
    },
  });
}

function unknownPlaceholders(template: string): string[] {
  const known: readonly string[] = PLACEHOLDERS;
  return [...template.matchAll(/\{([^{}]*)\}/g)].map(([, name = '']) => name).filter((name) => !known.includes(name));
}
