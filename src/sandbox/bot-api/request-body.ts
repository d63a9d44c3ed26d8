import type { Request, RequestHandler } from 'express';
import express from 'express';
import { badRequest } from './errors.js';
import { readMultipart, type UploadTarget } from './multipart.js';
import { isRecord, Params } from './params.js';

const MAX_BODY = '16mb';

/** Reads JSON and urlencoded bodies into `request.body`; multipart is left to `readParams`. */
export const bodyParsers: RequestHandler[] = [
  express.json({ limit: MAX_BODY, strict: false }),
  express.urlencoded({ limit: MAX_BODY, extended: false }),
];

/** Query and body of a request whatever their form; files are on disk then, in the target's folder. */
export async function readParams(request: Request, target: UploadTarget): Promise<Params> {
  const query: Record<string, unknown> = { ...request.query };
  if (request.is('multipart/form-data')) {
    const form = await readMultipart(request, target);
    return new Params({ ...query, ...form.values }, form.uploads);
  }
  const body: unknown = request.body;
  if (body === undefined || body === null) return new Params(query);
  if (!isRecord(body)) throw badRequest('Object expected as request body');
  return new Params({ ...query, ...body });
}
