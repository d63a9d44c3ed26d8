import { createHash } from 'node:crypto';

/** A Lua script whose answer has the shape `Answer`. */
export interface Script<Answer> {
  lua: string;
  sha: string;
  /** Carries the type only. */
  answer?: Answer;
}

export function script<Answer>(lua: string): Script<Answer> {
  return { lua, sha: createHash('sha1').update(lua).digest('hex') };
}
