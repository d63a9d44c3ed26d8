const PAUSE_MS = 20;

/** Asks `probe` again and again until it answers without throwing and not `undefined` or `false`; fails at the deadline. */
export async function eventually<T>(probe: () => T | Promise<T>, deadlineMs = 10_000): Promise<NonNullable<T>> {
  const end = Date.now() + deadlineMs;
  let last: unknown = new Error('The probe never answered');
  while (Date.now() < end) {
    try {
      const answer = await probe();
      if (answer !== undefined && answer !== null && answer !== false) return answer;
      last = new Error(`The probe went on answering ${String(answer)}`);
    } catch (error) {
      last = error;
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
  throw new Error(`Not within ${deadlineMs} ms`, { cause: last });
}
