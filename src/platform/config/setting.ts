/** One variable of the environment: what it is called, what it means, and how its text becomes a value. */
export interface Setting<T> {
  env: string;
  description: string;
  /** What a reader must write, e.g. `a whole number from 1 to 65535`. */
  expects: string;
  secret: boolean;
  /** The default as it would be written in the environment. */
  defaultText?: string;
  /** What happens without it, in words, where there is no default to write. */
  whenUnset?: string;
  /** Turns text into a value; throws when the text does not fit. */
  parse(text: string): T;
  /** The value when nothing is set. */
  absent(): T;
  /** Of a family of variables: the value of all that are set, in the place of `parse` and `absent`. */
  readAll?(env: Readonly<Record<string, string | undefined>>): T;
}

/** A member of a family of variables, with its text. */
export interface NamedText {
  name: string;
  value: string;
}

interface Common {
  description: string;
  secret?: boolean;
}

type Defaulted<T> = Common & { default: T };
type Optional = Common & { default?: undefined; whenUnset?: string };

interface Kind<T> {
  expects: string;
  parse(text: string): T;
  print(value: T): string;
}

export function setting<T>(env: string, kind: Kind<T>, options: Defaulted<T>): Setting<T>;
export function setting<T>(env: string, kind: Kind<T>, options: Optional): Setting<T | undefined>;
export function setting<T>(env: string, kind: Kind<T>, options: Defaulted<T> | Optional): Setting<T | undefined> {
  const { default: fallback } = options;
  return {
    env,
    description: options.description,
    expects: kind.expects,
    secret: options.secret ?? false,
    defaultText: fallback === undefined ? undefined : kind.print(fallback),
    whenUnset: 'whenUnset' in options ? options.whenUnset : undefined,
    parse: (text) => kind.parse(text),
    absent: () => fallback,
  };
}

/** Makes the two overloads (with a default, without) for one kind of value. */
function builder<T>(kind: Kind<T>) {
  function build(env: string, options: Defaulted<T>): Setting<T>;
  function build(env: string, options: Optional): Setting<T | undefined>;
  function build(env: string, options: Defaulted<T> | Optional): Setting<T | undefined> {
    return options.default === undefined
      ? setting<T>(env, kind, options as Optional)
      : setting<T>(env, kind, options as Defaulted<T>);
  }
  return build;
}

function numeric(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) throw new Error('not a number');
  return value;
}

function notNegative(text: string): number {
  const value = numeric(text);
  if (value < 0) throw new Error('negative');
  return value;
}

export const text = builder<string>({ expects: 'text', parse: (raw) => raw, print: (value) => value });

/**
 * A family of variables: `env` itself, and with a number behind it as many as there are (`KEY`, `KEY_1`, `KEY_2` …), in the
 * order of their numbers.
 */
export function numbered(env: string, options: Common): Setting<NamedText[]> {
  return {
    env,
    description: options.description,
    expects: `text; more of them as ${env}_1, ${env}_2 …`,
    secret: options.secret ?? false,
    parse: (value) => [{ name: env, value }],
    absent: () => [],
    readAll: (all) =>
      Object.entries(all)
        .flatMap(([name, raw]) => {
          const [value, number] = [raw?.trim() ?? '', numberBehind(env, name)];
          return value === '' || number === null ? [] : [{ name, value, number }];
        })
        .sort((a, b) => a.number - b.number)
        .map(({ name, value }) => ({ name, value })),
  };
}

/** @returns -1 for the variable without a number, null for one that is not of the family */
function numberBehind(env: string, name: string): number | null {
  if (name === env) return -1;
  const [, number] = /^_(0|[1-9]\d{0,8})$/.exec(name.startsWith(env) ? name.slice(env.length) : '') ?? [];
  return number === undefined ? null : Number(number);
}

export const url = builder<string>({
  expects: 'a URL with http:// or https://',
  parse: (raw) => {
    if (!/^https?:$/.test(new URL(raw).protocol)) throw new Error('not http');
    return raw.replace(/\/+$/, '');
  },
  print: (value) => value,
});

/** A number of 0 or more; decimals are welcome, so that tests and small trials can ask for fractions. */
export const number = builder<number>({
  expects: 'a number, 0 or more',
  parse: notNegative,
  print: String,
});

export const port = builder<number>({
  expects: 'a port from 0 (any free one) to 65535',
  parse: (raw) => {
    const value = numeric(raw);
    if (!Number.isInteger(value) || value < 0 || value > 65_535) throw new Error('not a port');
    return value;
  },
  print: String,
});

const words = new Map([
  ...['true', 'on', '1', 'yes'].map((word) => [word, true] as const),
  ...['false', 'off', '0', 'no'].map((word) => [word, false] as const),
]);

export const flag = builder<boolean>({
  expects: 'true or false',
  parse: (raw) => {
    const value = words.get(raw.toLowerCase());
    if (value === undefined) throw new Error('not a flag');
    return value;
  },
  print: String,
});

function split(raw: string): string[] {
  return raw
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

export const list = builder<string[]>({
  expects: 'a comma-separated list',
  parse: split,
  print: (value) => value.join(','),
});

export const integers = builder<number[]>({
  expects: 'a comma-separated list of whole numbers',
  parse: (raw) =>
    split(raw).map((item) => {
      const value = numeric(item);
      if (!Number.isSafeInteger(value)) throw new Error('not whole');
      return value;
    }),
  print: (value) => value.join(','),
});

/** Like `number`, several of them. */
export const numbers = builder<number[]>({
  expects: 'a comma-separated list of numbers, each 0 or more',
  parse: (raw) => split(raw).map(notNegative),
  print: (value) => value.join(','),
});

/** By name alone: PostgreSQL reads an offset such as `+03:00` with its sign the other way round. */
export const timezone = builder<string>({
  expects: 'a name of the IANA time zone database, like Europe/Moscow',
  parse: (raw) => {
    if (!/^[a-z]/i.test(raw)) throw new Error('not a name');
    return new Intl.DateTimeFormat('en', { timeZone: raw }).resolvedOptions().timeZone;
  },
  print: (value) => value,
});

export function oneOf<const T extends string>(env: string, allowed: readonly T[], options: Defaulted<T>): Setting<T> {
  return setting<T>(env, choice(allowed), options);
}

export function someOf<const T extends string>(
  env: string,
  allowed: readonly T[],
  options: Defaulted<T[]>,
): Setting<T[]> {
  const one = choice(allowed);
  return setting<T[]>(
    env,
    {
      expects: `a comma-separated list of ${allowed.join(', ')}`,
      parse: (raw) => {
        const items = split(raw).map((item) => one.parse(item));
        if (items.length === 0) throw new Error('empty');
        return items;
      },
      print: (value) => value.join(','),
    },
    options,
  );
}

function choice<T extends string>(allowed: readonly T[]): Kind<T> {
  return {
    expects: `one of ${allowed.join(', ')}`,
    parse: (raw) => {
      const found = allowed.find((item) => item === raw);
      if (found === undefined) throw new Error('not allowed');
      return found;
    },
    print: (value) => value,
  };
}
