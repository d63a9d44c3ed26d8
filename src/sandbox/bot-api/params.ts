import type { FileRecord } from '../state/records.js';
import { badRequest } from './errors.js';

/** A part of a multipart body that was streamed to disk. */
export interface Upload {
  path: string;
  name: string;
  mimeType: string;
  size: number;
  /** Set when a method has made a file of it; what has none is thrown away after the call. */
  stored?: FileRecord;
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Parameters of a call. In JSON they have their types, in forms and queries they are texts: both are understood. */
export class Params {
  constructor(
    readonly values: Readonly<Record<string, unknown>>,
    readonly uploads: ReadonlyMap<string, Upload> = new Map(),
  ) {}

  /** Undefined when missing or empty, as Telegram does not tell them apart. */
  text(name: string): string | undefined {
    const value = this.values[name];
    if (typeof value === 'string') return value === '' ? undefined : value;
    return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
  }

  integer(name: string): number | undefined {
    const text = this.text(name);
    return text !== undefined && /^-?\d+$/.test(text) ? Number(text) : undefined;
  }

  /** Seconds and sizes come with fractions from some clients; Telegram cuts them. */
  whole(name: string): number | undefined {
    const value = Number.parseFloat(this.text(name) ?? '');
    return Number.isFinite(value) ? Math.trunc(value) : undefined;
  }

  flag(name: string): boolean {
    return ['true', '1', 'yes', 't', 'y'].includes((this.text(name) ?? '').toLowerCase());
  }

  /** An object or array, given as such or as JSON text. */
  json(name: string): unknown {
    const value = this.values[name];
    if (typeof value !== 'string' || value === '') return value === '' ? undefined : value;
    try {
      return JSON.parse(value) as unknown;
    } catch {
      throw badRequest(`can't parse ${name.replaceAll('_', ' ')} JSON object`);
    }
  }

  record(name: string): Record<string, unknown> | undefined {
    const value = this.json(name);
    return isRecord(value) ? value : undefined;
  }

  list(name: string): unknown[] | undefined {
    const value = this.json(name);
    return Array.isArray(value) ? (value as unknown[]) : undefined;
  }

  upload(name: string): Upload | undefined {
    return this.uploads.get(name);
  }
}
