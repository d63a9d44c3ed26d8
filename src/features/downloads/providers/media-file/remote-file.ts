import { basename, extname } from 'node:path';
import type { EgressResponse } from '../../../../platform/http/index.js';

/** A file as its server describes it. */
export interface RemoteFile {
  /** null while the server does not say, as with generated answers. */
  totalBytes: number | null;
  /** Parts of it can be asked for. */
  hasRanges: boolean;
  /** For `If-Range`: a part of another version must not be mixed in. */
  validator: string | null;
  contentType: string;
  /** From its name, without the extension. */
  title: string | null;
}

type Head = Pick<EgressResponse, 'status' | 'headers' | 'url'>;

/** Reads the head of an answer to a request for all bytes from the first on. */
export function describeFile(response: Head): RemoteFile {
  const { status, headers } = response;
  const range = contentRange(response);
  const length = wholeNumber(headers['content-length']);
  return {
    totalBytes: status === 206 ? (range?.total ?? null) : length,
    hasRanges: status === 206 && range?.from === 0 && range.total !== null,
    validator: validatorOf(headers),
    contentType: (headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '',
    title: titleOf(response),
  };
}

/** Where the answer's bytes belong; null when it is no part of a file. */
export function contentRange({ headers }: Pick<Head, 'headers'>): { from: number; total: number | null } | null {
  const match = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(headers['content-range'] ?? '');
  if (!match) return null;
  return { from: Number(match[1]), total: match[2] === '*' ? null : Number(match[2]) };
}

/** Weak ones promise no equal bytes. */
function validatorOf({ etag, 'last-modified': lastModified }: Head['headers']): string | null {
  return etag?.startsWith('"') ? etag : (lastModified ?? null);
}

function titleOf({ headers, url }: Head): string | null {
  const name = nameInDisposition(headers['content-disposition'] ?? '') ?? decoded(basename(new URL(url).pathname));
  const title = basename(name, extname(name)).trim();
  return title === '' ? null : title;
}

function nameInDisposition(disposition: string): string | null {
  const extended = /filename\*=(?:utf-8|iso-8859-1)''([^;]+)/i.exec(disposition)?.[1];
  if (extended !== undefined) return decoded(extended);
  const plain = /filename=(?:"([^"]+)"|([^;]+))/i.exec(disposition);
  return plain?.[1] ?? plain?.[2]?.trim() ?? null;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function wholeNumber(text: string | undefined): number | null {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : null;
}
