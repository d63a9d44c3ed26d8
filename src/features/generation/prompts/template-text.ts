/** What a person has said; null: nothing. */
export interface Wanted {
  product: string;
  wishes: string | null;
}

export const VARIABLES = ['product', 'wishes'] as const;
type Variable = (typeof VARIABLES)[number];

const VARIABLE = /\{\{([^{}]*)\}\}/g;

/** What is wrong with the variables of a text, in words for who has written it. */
export function variableProblems(text: string): string[] {
  const names = [...text.matchAll(VARIABLE)].map(([, name = '']) => name);
  const unknown = [...new Set(names)].filter((name) => !isVariable(name));
  const rest = text.replace(VARIABLE, '');
  return [
    ...unknown.map((name) => `has the unknown variable {{${name}}}; known are ${VARIABLES.map(written).join(', ')}`),
    ...(/\{\{|\}\}/.test(rest) ? ['has a variable that does not end, or {{ without one'] : []),
  ];
}

export function hasVariable(text: string, name: Variable): boolean {
  return text.includes(written(name));
}

/** With each variable in the place of its value. A line whose variable has no value is left out. */
export function fill(text: string, values: Record<Variable, string | null>): string {
  const isEmpty = (line: string) => VARIABLES.some((name) => values[name] === null && hasVariable(line, name));
  const lines = text.split('\n').filter((line) => !isEmpty(line));
  const filled = lines.join('\n').replace(VARIABLE, (whole, name: string) => {
    // In one pass and by a function: what people write is neither a variable nor a pattern.
    return isVariable(name) ? (values[name] ?? '') : whole;
  });
  return filled.replace(/\n{3,}/g, '\n\n').trim();
}

const isVariable = (name: string): name is Variable => VARIABLES.some((known) => known === name);
const written = (name: Variable) => `{{${name}}}`;
