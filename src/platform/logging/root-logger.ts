import { pino, stdSerializers, type DestinationStream, type Logger } from 'pino';
import pretty from 'pino-pretty';
import type { ProcessConfig } from '../config/process.config.js';
import { maskSecrets } from './mask-secrets.js';

/** Injection token of the logger that all others come from. */
export const ROOT_LOGGER = Symbol('root-logger');

/** JSON lines without secrets, or readable ones at a terminal. */
export function rootLogger(level: ProcessConfig['logLevel'], stream: DestinationStream = standardOutput()): Logger {
  return pino({ level, serializers: { err: describedError }, hooks: { streamWrite: maskSecrets } }, stream);
}

/** An error without the values of the statement that failed: hashes and secrets are among them. */
export function describedError(error: Error): object {
  const { parameters: _, ...rest } = stdSerializers.err(error) as { parameters?: unknown };
  return rest;
}

function standardOutput(): DestinationStream {
  return process.stdout.isTTY ? pretty({ sync: true, ignore: 'pid,hostname' }) : process.stdout;
}
