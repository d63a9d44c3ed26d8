import { existsSync } from 'node:fs';

/** The environment of the process, with `.env` of the working folder beneath it. The only reader of `process.env`. */
export function environment(): Record<string, string | undefined> {
  if (existsSync('.env')) process.loadEnvFile('.env');
  return process.env;
}
