import type { PytubefixFailure } from '../../errors/pytubefix-errors.js';

export interface FactsLine {
  event: 'facts';
  title: string | null;
  durationSec: number | null;
  sizeBytes: number | null;
  width: number | null;
  height: number | null;
  heights: number[];
}

/** What `runner.py` says; the words on top of it are the contract. */
export type RunnerLine =
  | { event: 'ready'; version: string }
  | FactsLine
  | { event: 'progress'; bytes: number; totalBytes: number | null }
  | { event: 'merging' }
  | { event: 'file'; path: string }
  | ({ event: 'error' } & PytubefixFailure);

type Json = Record<string, unknown>;

/** Reads one line of stdout; null for what was cut on the way, and for events of a younger runner. */
export function parseLine(line: string): RunnerLine | null {
  const json = parsed(line);
  if (json === null) return null;
  switch (json.event) {
    case 'ready':
      return { event: 'ready', version: text(json.version) ?? 'unknown' };
    case 'facts':
      return factsLine(json);
    case 'progress':
      return { event: 'progress', bytes: number(json.bytes) ?? 0, totalBytes: number(json.totalBytes) };
    case 'merging':
      return { event: 'merging' };
    case 'file':
      return { event: 'file', path: text(json.path) ?? '' };
    case 'error':
      return errorLine(json);
    default:
      return null;
  }
}

function factsLine(json: Json): FactsLine {
  const heights = Array.isArray(json.heights) ? (json.heights as unknown[]) : [];
  return {
    event: 'facts',
    title: text(json.title),
    durationSec: number(json.durationSec),
    sizeBytes: number(json.sizeBytes),
    width: number(json.width),
    height: number(json.height),
    heights: heights.flatMap((height) => number(height) ?? []),
  };
}

function errorLine(json: Json): RunnerLine {
  return {
    event: 'error',
    name: text(json.name) ?? 'Exception',
    message: text(json.message) ?? '',
    stage: json.stage === 'bytes' ? 'bytes' : 'page',
    status: number(json.status),
    retryAfterSec: number(json.retryAfterSec),
  };
}

function parsed(line: string): Json | null {
  try {
    const json = JSON.parse(line) as unknown;
    return typeof json === 'object' && json !== null ? (json as Json) : null;
  } catch {
    return null;
  }
}

const text = (value: unknown) => (typeof value === 'string' ? value : null);
const number = (value: unknown) => (typeof value === 'number' && Number.isFinite(value) ? value : null);
