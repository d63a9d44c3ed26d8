import type { ApiDocument, Schema } from '../../support/api-document.js';

/**
 * Where a value is not what its schema says: missing, undocumented, of another type, none of the choices.
 * @returns e.g. `["items[0].status: is not documented"]`
 */
export function mismatches(document: ApiDocument, schema: Schema, value: unknown, path = ''): string[] {
  const whole = document.resolve(schema);
  if (value === null) return whole.nullable ? [] : [`${path}: is null`];
  const choices = whole.oneOf ?? whole.anyOf;
  if (choices) {
    const found = choices.map((choice) => mismatches(document, choice, value, path));
    return found.some((each) => each.length === 0) ? [] : (found[0] ?? []);
  }
  if (whole.enum && !whole.enum.includes(value)) return [`${path}: is none of ${whole.enum.join(', ')}`];
  if (whole.type !== undefined && !isOfType(whole.type, value)) return [`${path}: is no ${whole.type}`];
  if (Array.isArray(value)) {
    const { items = {} } = whole;
    return value.flatMap((item, index) => mismatches(document, items, item, `${path}[${index}]`));
  }
  return typeof value === 'object' ? ofFields(document, whole, value as Record<string, unknown>, path) : [];
}

function ofFields(document: ApiDocument, whole: Schema, value: Record<string, unknown>, path: string): string[] {
  const { properties = {}, required = [], additionalProperties = false } = whole;
  const missing = required.filter((name) => !(name in value)).map((name) => `${path}.${name}: is missing`);
  const others = typeof additionalProperties === 'object' ? additionalProperties : {};
  const found = Object.entries(value).flatMap(([name, field]) => {
    const known = properties[name] ?? (additionalProperties === false ? undefined : others);
    const where = `${path}.${name}`;
    return known ? mismatches(document, known, field, where) : [`${where}: is not documented`];
  });
  return [...missing, ...found];
}

function isOfType(type: string, value: unknown): boolean {
  if (type === 'array') return Array.isArray(value);
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'object') return typeof value === 'object' && !Array.isArray(value);
  return typeof value === type;
}
