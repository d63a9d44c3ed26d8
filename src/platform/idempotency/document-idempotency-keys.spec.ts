import type { OpenAPIObject } from '@nestjs/swagger';
import { documentIdempotencyKeys } from './document-idempotency-keys.js';

describe('documentIdempotencyKeys', () => {
  it('tells of the header once, however a handler that reads it itself has called it', () => {
    const page = { name: 'page', in: 'query' as const, schema: { type: 'integer' } };
    const own = { name: 'idempotency-key', in: 'header' as const, required: true, schema: { type: 'string' } };
    const document: OpenAPIObject = {
      openapi: '3.0.0',
      info: { title: 'Samples', version: '1' },
      paths: { '/samples': { post: { parameters: [page, own], responses: {} } } },
    };
    documentIdempotencyKeys(document);
    expect(document.paths['/samples']?.post?.parameters).toMatchObject([
      page,
      { name: 'Idempotency-Key', in: 'header', required: false },
    ]);
  });
});
