import {
  CONFIG_DEFAULTS,
  type ConfigChoices,
  type ConfigDocument,
  type SettingPath,
  type SettingValue,
} from './config-document.js';
import { isBranch } from './is-branch.js';

export const SETTING_SOURCES = ['parameter', 'template', 'user', 'default'] as const;
export type SettingSource = (typeof SETTING_SOURCES)[number];

/** Who has said something of a recording's settings; the first of them that speaks of a field decides on it. */
export interface ConfigLayers {
  /** Of the call itself, e.g. `?granularity=short`. */
  parameter?: ConfigChoices;
  template?: ConfigChoices;
  user?: ConfigChoices;
}

export interface ResolvedSetting<Value = unknown> {
  value: Value;
  source: SettingSource;
}

/** The decision on one field. Lists are taken whole, they are not merged. */
export function resolveSetting<Path extends SettingPath>(
  path: Path,
  layers: ConfigLayers,
): ResolvedSetting<SettingValue<Path>> {
  return resolve(path, layers) as ResolvedSetting<SettingValue<Path>>;
}

/** The decisions on all fields. */
export function resolveConfig(layers: ConfigLayers): ConfigDocument {
  return resolveBranch(CONFIG_DEFAULTS, '', layers) as ConfigDocument;
}

/** The decisions on all fields and whose they are, by dotted path. */
export function explainConfig(layers: ConfigLayers): Record<SettingPath, ResolvedSetting> {
  const explained = leafPaths(CONFIG_DEFAULTS).map((path) => [path, resolve(path, layers)] as const);
  return Object.fromEntries(explained) as Record<SettingPath, ResolvedSetting>;
}

function resolve(path: string, layers: ConfigLayers): ResolvedSetting {
  const fallback = valueAt(CONFIG_DEFAULTS, path);
  for (const source of SETTING_SOURCES) {
    const value = source === 'default' ? fallback : valueAt(layers[source], path);
    const says = value !== undefined && (value !== null || fallback === null);
    if (says) return { value: structuredClone(value), source };
  }
  throw new Error(`There is no setting ${path}`);
}

function resolveBranch(branch: Record<string, unknown>, parent: string, layers: ConfigLayers): Record<string, unknown> {
  const resolved = Object.entries(branch).map(([name, value]) => {
    const path = parent + name;
    return [name, isBranch(value) ? resolveBranch(value, `${path}.`, layers) : resolve(path, layers).value] as const;
  });
  return Object.fromEntries(resolved);
}

function leafPaths(branch: Record<string, unknown>, parent = ''): string[] {
  return Object.entries(branch).flatMap(([name, value]) =>
    isBranch(value) ? leafPaths(value, `${parent}${name}.`) : [parent + name],
  );
}

/** Own fields alone: what an object inherits nobody has said. */
function valueAt(root: unknown, path: string): unknown {
  let value: unknown = root;
  for (const name of path.split('.')) {
    if (!isBranch(value) || !Object.hasOwn(value, name)) return undefined;
    value = value[name];
  }
  return value;
}
