import type { Setting } from './setting.js';

type Shape = Record<string, Setting<unknown>>;
type Values<S extends Shape> = { -readonly [K in keyof S]: S[K] extends Setting<infer T> ? T : never };

/** The variables one module owns. `key` is the injection token of their values. */
export interface ConfigGroup<S extends Shape = Shape> {
  title: string;
  key: symbol;
  settings: S;
}

/** The values of a group, as injected: `@Inject(xConfig.key) config: ConfigOf<typeof xConfig>`. */
export type ConfigOf<G> = G extends ConfigGroup<infer S> ? Readonly<Values<S>> : never;

export function defineConfig<S extends Shape>(title: string, settings: S): ConfigGroup<S> {
  return { title, key: Symbol(`config:${title}`), settings };
}

/** Everything that is wrong with the environment, at once. */
export class ConfigError extends Error {
  constructor(readonly problems: string[]) {
    super(['The configuration has problems:', ...problems.map((problem) => `  - ${problem}`)].join('\n'));
  }
}

/** The configuration of this process: read once at start, then only looked up. */
export class Settings {
  private constructor(
    private readonly values: Map<symbol, Record<string, unknown>>,
    private readonly env: Record<string, string | undefined>,
  ) {}

  /** @throws ConfigError naming each variable that does not fit, and what is expected. */
  static read(groups: readonly ConfigGroup[], env: Record<string, string | undefined>): Settings {
    const problems: string[] = [];
    const values = new Map<symbol, Record<string, unknown>>();
    for (const group of groups) {
      const read = Object.entries(group.settings).map(([name, setting]) => [name, valueOf(setting, env, problems)]);
      values.set(group.key, Object.fromEntries(read) as Record<string, unknown>);
    }
    if (problems.length > 0) throw new ConfigError(problems);
    return new Settings(values, env);
  }

  get<G extends ConfigGroup>(group: G): ConfigOf<G> {
    const found = this.values.get(group.key);
    if (found === undefined) throw new Error(`Configuration «${group.title}» was not read`);
    return found as ConfigOf<G>;
  }

  /** The same settings with some values decided by the start itself (embedded stores, stand-ins, made secrets). */
  with<G extends ConfigGroup>(group: G, decided: Partial<ConfigOf<G>>): Settings {
    return new Settings(new Map(this.values).set(group.key, { ...this.get(group), ...decided }), this.env);
  }

  /** Other values for what the environment leaves open. */
  withDefaults<G extends ConfigGroup>(group: G, defaults: Partial<ConfigOf<G>>): Settings {
    const open = Object.entries(defaults).filter(([name]) => !this.env[group.settings[name]?.env ?? '']);
    return this.with(group, Object.fromEntries(open) as Partial<ConfigOf<G>>);
  }

  entries(): [symbol, Record<string, unknown>][] {
    return [...this.values];
  }
}

function valueOf(setting: Setting<unknown>, env: Record<string, string | undefined>, problems: string[]): unknown {
  if (setting.readAll) return setting.readAll(env);
  const raw = env[setting.env]?.trim();
  if (raw === undefined || raw === '') return setting.absent();
  try {
    return setting.parse(raw);
  } catch {
    const got = setting.secret ? 'what is set does not fit' : `got «${raw}»`;
    problems.push(`${setting.env}: expected ${setting.expects}, ${got}`);
    return undefined;
  }
}
