/**
 * Answers are read field by field: what is missing, or of another kind than KIE promises, is null, and never a fault of
 * ours.
 */
export type JsonObject = Readonly<Record<string, unknown>>;

/** An object, given as such or as JSON text. */
export function objectOf(value: unknown): JsonObject | null {
  const parsed = typeof value === 'string' ? parsedJson(value) : value;
  return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? (parsed as JsonObject) : null;
}

/** Trimmed; null when nothing is left. */
export function textOf(value: unknown): string | null {
  const text = typeof value === 'string' ? value.trim() : '';
  return text === '' ? null : text;
}

/** Numbers also come as texts. */
export function numberOf(value: unknown): number | null {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : null;
}

/** An address that can be asked. */
export function httpUrlOf(value: unknown): string | null {
  const text = textOf(value);
  return text !== null && /^https?:\/\//i.test(text) && URL.canParse(text) ? text : null;
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
