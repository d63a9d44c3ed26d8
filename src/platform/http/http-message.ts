import type { Readable } from 'node:stream';
import type { FormData } from 'undici';

export type HttpMethod = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export type HttpBody =
  | { json: unknown }
  /** Sent as `application/x-www-form-urlencoded`. */
  | { form: Record<string, string> }
  /** Sent as `multipart/form-data`. */
  | { multipart: FormData }
  /** Anything else; a stream needs a `content-length` header unless the other side takes chunks. */
  | { raw: Buffer | string | Readable; contentType: string };

export interface HttpRequest {
  method?: HttpMethod;
  url: string;
  /** Added to those of the URL; undefined ones are left out. */
  query?: Record<string, string | number | boolean | undefined>;
  headers?: Record<string, string>;
  body?: HttpBody;
  /** For the whole answer, of every try: 30 s unless told. */
  timeoutMs?: number;
  /** 10 MiB unless told. */
  maxResponseBytes?: number;
  signal?: AbortSignal;
  /** It is not tried again, whatever its method: to ask twice costs twice. */
  once?: boolean;
}

export interface HttpResponse {
  status: number;
  /** Names in lower case; repeated ones joined by `, `. */
  headers: Record<string, string>;
  body: Buffer;
}
