type Given<T> = { [K in keyof T]: Exclude<T[K], undefined> };

/** Without the filters that nobody has set: TypeORM takes `undefined` for a mistake. */
export function given<T extends object>(filters: T): Given<Partial<T>> {
  return Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== undefined)) as Given<Partial<T>>;
}
