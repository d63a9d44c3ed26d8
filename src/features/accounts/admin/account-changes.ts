import type { UserRole } from '../../../platform/auth/principal.js';
import type { Permissions, QuotaLimits } from '../limits/limits.js';

/** What an admin may change of an account. */
export interface AccountSettings {
  name: string;
  role: UserRole;
  isActive: boolean;
  permissions: Permissions;
  quotas: QuotaLimits;
}

export type AccountChanges = Partial<Omit<AccountSettings, 'permissions' | 'quotas'>> & {
  permissions?: Partial<Permissions>;
  quotas?: Partial<QuotaLimits>;
};

/** What fields were and have become; only those that are not the same. */
export interface Difference {
  before: Partial<Record<string, unknown>>;
  after: Partial<Record<string, unknown>>;
}

/** The settings after `changes`: those that are left out, or undefined, stay. */
export function changed(before: AccountSettings, changes: AccountChanges): AccountSettings {
  const { name, role, isActive } = { ...before, ...said(changes) };
  return {
    name,
    role,
    isActive,
    permissions: { ...before.permissions, ...said(changes.permissions ?? {}) },
    quotas: { ...before.quotas, ...said(changes.quotas ?? {}) },
  };
}

/** For the audit log, which outlives accounts: that a name was changed it says, but no name. */
export function differenceOf(before: AccountSettings, after: AccountSettings): Difference {
  const from = audited(before);
  const to = audited(after);
  const names = Object.keys(to).filter((name) => from[name] !== to[name]);
  const renamed = before.name !== after.name ? { name: '••••' } : {};
  return { before: { ...pick(from, names), ...renamed }, after: { ...pick(to, names), ...renamed } };
}

/** Dotted where fields have fields. */
function audited({ role, isActive, permissions, quotas }: AccountSettings): Record<string, unknown> {
  return { role, isActive, ...prefixed('permissions', permissions), ...prefixed('quotas', quotas) };
}

function prefixed(prefix: string, fields: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [`${prefix}.${name}`, value as unknown]));
}

function pick(fields: Record<string, unknown>, names: string[]): Record<string, unknown> {
  return Object.fromEntries(names.map((name) => [name, fields[name]]));
}

/** Without what is undefined, as fields of a DTO that nobody has sent are. */
function said<T extends object>(fields: T): { [Name in keyof T]: Exclude<T[Name], undefined> } {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [Name in keyof T]: Exclude<T[Name], undefined> };
}
