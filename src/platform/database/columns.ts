import type { ColumnOptions } from 'typeorm';

/** A bigint column read as a JSON number: Telegram's ids and sizes stay far below 2^53. */
export const bigint = {
  type: 'bigint',
  transformer: {
    to: (value: number | null | undefined) => value,
    from: (value: string | null) => (value === null ? null : Number(value)),
  },
} as const satisfies ColumnOptions;
