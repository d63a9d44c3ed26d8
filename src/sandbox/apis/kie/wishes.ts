import type { Script } from '../scripts.js';

/** What a prompt asks the stand-in for: `kie:name` or `kie:name=number`. */
export interface Wish {
  name: string;
  value: number | null;
}

const WISH = /(?<![\w:])kie:([a-z0-9]+(?:-[a-z0-9]+)*)(?:=(\d+(?:\.\d+)?))?/gi;

/** In the order of the prompt; of a name that is repeated the first one counts. */
export function wishesIn(prompt: string): Wish[] {
  const found = new Map<string, Wish>();
  for (const [, word = '', value] of prompt.matchAll(WISH)) {
    const name = word.toLowerCase();
    if (!found.has(name)) found.set(name, { name, value: value === undefined ? null : Number(value) });
  }
  return [...found.values()];
}

/** The wish that a script of the control is. */
export const wishOf = ({ behaviour, seconds }: Script): Wish => ({ name: behaviour, value: seconds ?? null });
