import { Matches } from 'class-validator';

/** A name that keys of circuits and slots and ids of egress sessions are made of. */
export const IsName = () =>
  Matches(/^[A-Za-z0-9][\w.-]{0,63}$/, {
    message: 'must have 1 to 64 letters, digits, dots, underscores and hyphens, the first a letter or digit',
  });
