import { Transform } from 'node:stream';

export class TooManyBytes extends Error {
  constructor() {
    super('More bytes than are taken');
  }
}

/** Passes bytes on, and fails with `TooManyBytes` at the first that is too many. */
export function sizeLimit(maxBytes: number): Transform {
  let seen = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      seen += chunk.length;
      if (seen > maxBytes) done(new TooManyBytes());
      else done(null, chunk);
    },
  });
}
