import type { Request } from 'express';
import type { ByteRange, FileFacts } from '../storage/storage.js';

/** Names one state of a file: it is replaced as a whole, which changes its time. */
export function etagOf({ sizeBytes, modifiedAt }: FileFacts): string {
  return `"${sizeBytes.toString(16)}-${modifiedAt.getTime().toString(16)}"`;
}

/**
 * Which part of a file a request wants (RFC 9110, Range and If-Range).
 * @returns undefined for all of it, also when several parts are asked for; `unsatisfiable` when it has no such bytes.
 */
export function rangeOf(request: Request, facts: FileFacts): ByteRange | 'unsatisfiable' | undefined {
  if (!isStill(facts, request.get('if-range'))) return undefined;
  const ranges = request.range(facts.sizeBytes);
  if (ranges === -1) return 'unsatisfiable';
  if (ranges === undefined || ranges === -2 || ranges.type !== 'bytes' || ranges.length !== 1) return undefined;
  return ranges[0];
}

function isStill(facts: FileFacts, validator: string | undefined): boolean {
  if (validator === undefined || validator === etagOf(facts)) return true;
  return validator === facts.modifiedAt.toUTCString();
}
