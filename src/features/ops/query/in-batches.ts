const BATCH = 1_000;

/** Deletes until nothing is left to delete, a little at a time, so that no other write waits long. */
export async function inBatches(remove: (limit: number) => Promise<number>): Promise<void> {
  while ((await remove(BATCH)) === BATCH);
}
