import type { ApiDocument, Operation } from '../../support/api-document.js';

export interface StrangeRequest {
  path: string;
  headers?: Record<string, string>;
  body?: string | Uint8Array<ArrayBuffer>;
}

type Body = Omit<StrangeRequest, 'path'>;

const LONG = 'x'.repeat(3_000);

/** In the place of ids and names in a path. */
const SEGMENTS = [
  'not-an-id',
  '0',
  '-1',
  '9'.repeat(40),
  '1e999',
  '%00',
  '%ff%fe',
  '%E2%80%AE',
  '..%2f..',
  '%27%3B--',
  LONG,
];

/** In the place of whatever a query asks for. */
const WORDS = ['', '%00', '%ff', 'null', '-1', '0', '1e308', 'NaN', '9'.repeat(40), 'x%27%3B--', '%25%5C_', LONG];

/** In the place of whatever a body's field holds. */
const VALUES: readonly unknown[] = [
  null,
  true,
  -1,
  0.5,
  2 ** 53,
  1e308,
  '',
  ' ',
  'a\0b',
  '\ud800',
  '😀',
  'http://',
  'x'.repeat(20_000),
  [],
  [null],
  {},
  { length: 3 },
  [[[]]],
];

export function strangePaths({ path, parameters }: Operation): StrangeRequest[] {
  const names = parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name);
  const rest = (strange: string, value: string) =>
    names.reduce((whole, name) => whole.replace(`{${name}}`, name === strange ? value : 'x'), path);
  return names.flatMap((name) => SEGMENTS.map((value) => ({ path: rest(name, value) })));
}

export function strangeQueries({ parameters }: Operation): string[] {
  const names = parameters.filter((parameter) => parameter.in === 'query').map(({ name }) => name);
  const each = names.flatMap((name) => [
    ...WORDS.map((word) => `${name}=${word}`),
    `${name}=a&${name}=b`,
    `${name}[]=a`,
    `${name}[b][c]=d`,
    `${name}[__proto__]=d`,
  ]);
  return [...each, 'unknown=1', '__proto__=1', '%', '&&&', `${'a[b]'.repeat(200)}=1`];
}

export function strangeBodies({ body, method }: Operation, document: ApiDocument): Body[] {
  if (method === 'GET') return [];
  if (!body) return [{}, { body: '{' }, { body: '[]' }];
  const sample = document.sample(body);
  return [...SHAPES, ...strangeFields(sample).map((value) => ({ body: JSON.stringify(value) })), ...encodings(sample)];
}

/** What is no object of fields at all. */
const SHAPES: readonly Body[] = [
  {},
  ...['', '{', 'null', '1', '"x"', '[]', '[{}]', '{}', '\ufeff{}', '{"a":1,"a":2}', '{"__proto__":{"x":1}}'].map(
    (body) => ({
      body,
    }),
  ),
  { body: '{"constructor":{"prototype":{"x":1}}}' },
  { body: `${'['.repeat(5_000)}${']'.repeat(5_000)}` },
  { body: `{"x":"${'x'.repeat(1_100_000)}"}` },
  { headers: { 'content-type': 'text/plain' }, body: '{}' },
  { headers: { 'content-type': 'application/xml' }, body: '<a/>' },
  { headers: { 'content-type': 'multipart/form-data' }, body: 'x' },
  { headers: { 'content-type': 'multipart/form-data; boundary=b' }, body: '--b\r\n\r\nx' },
  { headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'a[b][c]=d&a=1&__proto__[x]=1' },
  { headers: { 'content-type': 'nonsense' }, body: '{}' },
];

/** The sample, each field of it in turn strange or gone, down to its leaves. */
function strangeFields(sample: unknown): unknown[] {
  if (Array.isArray(sample)) return sample.flatMap((item) => strangeFields(item).map((strange) => [strange]));
  if (typeof sample !== 'object' || sample === null) return [];
  const fields = Object.entries(sample);
  return [
    sample,
    { ...sample, unknown: 1 },
    ...fields.flatMap(([name, value]) => [
      Object.fromEntries(fields.filter(([other]) => other !== name)),
      ...VALUES.map((strange) => ({ ...sample, [name]: strange })),
      ...strangeFields(value).map((strange) => ({ ...sample, [name]: strange })),
    ]),
  ];
}

function encodings(sample: unknown): Body[] {
  const text = JSON.stringify(sample);
  const json = (charset: string) => ({ 'content-type': `application/json; charset=${charset}` });
  return [
    { headers: json('bogus'), body: text },
    { headers: json('utf-16'), body: new Uint8Array(Buffer.from(text, 'utf16le')) },
    { headers: json('utf-8'), body: new Uint8Array([0xff, 0xfe, 0xc0, 0x80, 0x7b]) },
    { headers: { 'content-encoding': 'gzip' }, body: text },
    { headers: { 'content-encoding': 'bogus' }, body: text },
    { headers: { 'idempotency-key': 'x'.repeat(300) }, body: text },
    { headers: { 'if-match': '"x"', range: 'bytes=9-1', accept: 'x/y' }, body: text },
  ];
}
