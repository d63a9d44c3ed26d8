/** The code in the payload of `/start`, as the panel's links have it; undefined when it is none. */
export function linkCodeOf(payload: string): string | undefined {
  return /^link_([\w-]{1,59})$/.exec(payload)?.[1];
}
