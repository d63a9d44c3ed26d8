/** What tests read in the OpenAPI document. */
export interface Schema {
  $ref?: string;
  type?: string;
  format?: string;
  enum?: unknown[];
  example?: unknown;
  default?: unknown;
  minimum?: number;
  minLength?: number;
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  allOf?: Schema[];
  oneOf?: Schema[];
  anyOf?: Schema[];
  nullable?: boolean;
  additionalProperties?: boolean | Schema;
}

export interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header';
  schema?: Schema;
}

/** What an operation may answer with one status. */
export interface Answer {
  /** Without one it has no body. */
  mediaType?: string;
  schema?: Schema;
}

export interface Operation {
  method: string;
  /** With its `{parameters}`. */
  path: string;
  /** The section that it is shown in. */
  tag: string;
  summary: string;
  /** By status, or `default`. */
  answers: Record<string, Answer>;
  access: 'public' | 'authenticated' | 'admin';
  parameters: Parameter[];
  /** Of a JSON body; undefined when it takes none. */
  body?: Schema;
  /** Server-sent events: the answer has no end. */
  isStream: boolean;
  deprecated: boolean;
}

export interface ApiDocument {
  operations: Operation[];
  /** A value that fits, made of examples, defaults and the first of each choice. */
  sample(schema: Schema): unknown;
  /** The schema behind references and `allOf`, with all its properties. */
  resolve(schema: Schema): Schema;
}

interface RawOperation {
  parameters?: Parameter[];
  requestBody?: { content?: Record<string, { schema?: Schema }> };
  responses?: Record<string, { content?: Record<string, { schema?: Schema }> }>;
  tags?: string[];
  summary?: string;
  deprecated?: boolean;
  'x-access'?: Operation['access'];
}

interface RawDocument {
  paths: Record<string, Record<string, RawOperation>>;
  components: { schemas: Record<string, Schema> };
}

export async function apiDocument(url: string): Promise<ApiDocument> {
  const raw = (await (await fetch(`${url}/docs-json`)).json()) as RawDocument;
  const resolve = (schema: Schema): Schema => resolved(schema, raw.components.schemas);
  return {
    operations: Object.entries(raw.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => operationOf(method.toUpperCase(), path, operation)),
    ),
    resolve,
    sample: (schema) => sampleOf(schema, resolve),
  };
}

function operationOf(method: string, path: string, raw: RawOperation): Operation {
  const access = raw['x-access'];
  if (!access) throw new Error(`${method} ${path} does not say who may call it`);
  const answers = Object.entries(raw.responses ?? {}).map(([status, { content = {} }]) => {
    const [[mediaType, { schema }] = [undefined, {}]] = Object.entries(content);
    return [status, { mediaType, schema }] as const;
  });
  return {
    method,
    path,
    access,
    tag: raw.tags?.[0] ?? '',
    summary: raw.summary ?? '',
    answers: Object.fromEntries(answers),
    parameters: raw.parameters ?? [],
    body: raw.requestBody?.content?.['application/json']?.schema,
    isStream: answers.some(([, { mediaType }]) => mediaType === 'text/event-stream'),
    deprecated: raw.deprecated ?? false,
  };
}

function resolved(schema: Schema, schemas: Record<string, Schema>): Schema {
  const { $ref, allOf, ...own } = schema;
  const parts = [...($ref === undefined ? [] : [schemas[$ref.split('/').at(-1) ?? ''] ?? {}]), ...(allOf ?? [])];
  return parts
    .map((part) => resolved(part, schemas))
    .reduce<Schema>(
      (whole, part) => ({ ...part, ...whole, properties: { ...part.properties, ...whole.properties } }),
      own,
    );
}

function sampleOf(schema: Schema, resolve: ApiDocument['resolve']): unknown {
  const whole = resolve(schema);
  const told = whole.example ?? whole.default ?? whole.enum?.[0];
  if (told !== undefined) return told;
  const [choice] = whole.oneOf ?? whole.anyOf ?? [];
  if (choice) return sampleOf(choice, resolve);
  switch (whole.type) {
    case 'integer':
    case 'number':
      return whole.minimum ?? 1;
    case 'boolean':
      return true;
    case 'array':
      return whole.items ? [sampleOf(whole.items, resolve)] : [];
    case 'string':
      return textOf(whole);
    default:
      return Object.fromEntries(
        Object.entries(whole.properties ?? {}).map(([name, property]) => [name, sampleOf(property, resolve)]),
      );
  }
}

function textOf({ format, minLength = 1 }: Schema): string {
  if (format === 'uuid') return '00000000-0000-4000-8000-000000000000';
  if (format === 'date-time') return '2026-01-01T00:00:00.000Z';
  if (format === 'date') return '2026-01-01';
  if (format === 'uri') return 'https://example.com/';
  return 'x'.repeat(Math.max(1, minLength));
}
