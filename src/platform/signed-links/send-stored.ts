import { pipeline } from 'node:stream/promises';
import { HttpException } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { Storage } from '../storage/storage.js';
import { etagOf, rangeOf } from './byte-range.js';

const PARTIAL_CONTENT = 206;
const RANGE_NOT_SATISFIABLE = 416;

interface Exchange {
  request: Request;
  response: Response;
  /** Of the answer, when there is a file to answer with. */
  headers: Record<string, string>;
}

/**
 * Answers GET and HEAD with a stored file, or the part of it that was asked for. Wherever the file lies, it passes
 * through in pieces.
 * @throws DomainError `storage.not_found`; HttpException 416
 */
export async function sendStored(storage: Storage, key: string, exchange: Exchange): Promise<void> {
  const { request, response, headers } = exchange;
  const facts = await storage.facts(key);
  const { sizeBytes, modifiedAt } = facts;
  const part = rangeOf(request, facts);
  if (part === 'unsatisfiable') {
    response.setHeader('Content-Range', `bytes */${sizeBytes}`);
    throw new HttpException(`The file has ${sizeBytes} bytes`, RANGE_NOT_SATISFIABLE);
  }
  response.set(headers);
  response.set({ 'Accept-Ranges': 'bytes', ETag: etagOf(facts), 'Last-Modified': modifiedAt.toUTCString() });
  if (part) {
    response.status(PARTIAL_CONTENT);
    response.setHeader('Content-Range', `bytes ${part.start}-${part.end}/${sizeBytes}`);
  }
  const { start, end } = part ?? { start: 0, end: sizeBytes - 1 };
  response.setHeader('Content-Length', end - start + 1);
  if (request.method === 'HEAD' || sizeBytes === 0) {
    response.end();
    return;
  }
  const { stream } = await storage.open(key, { start, end });
  await pipeline(stream, response).catch(unlessGone);
}

/** Players leave as soon as they have what they wanted. */
function unlessGone(error: unknown): void {
  if (error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE') return;
  throw error;
}
