type Migration = new () => object;

const files = import.meta.glob<Record<string, Migration>>('../../migrations/*.ts', { eager: true });

/** All migrations, in the order of their names. */
export const migrations: Migration[] = Object.keys(files)
  .sort()
  .flatMap((file) => Object.values(files[file] ?? {}));
