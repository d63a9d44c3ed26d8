import type { OpenAPIObject } from '@nestjs/swagger';
import { operationsOf, type DocumentedOperation } from '../http-server/openapi-operations.js';
import { NOT_IDEMPOTENT_EXTENSION } from './without-idempotency.decorator.js';

type Parameter = NonNullable<DocumentedOperation['operation']['parameters']>[number];

/** Adds the header to every write that honours it. */
export function documentIdempotencyKeys(document: OpenAPIObject): void {
  for (const { method, operation } of operationsOf(document)) {
    if (method === 'get' || NOT_IDEMPOTENT_EXTENSION in operation) continue;
    operation.parameters = [...(operation.parameters ?? []).filter(isAnother), HEADER_PARAMETER];
  }
}

/** A handler that reads the header itself has it in its parameters already. */
function isAnother(parameter: Parameter): boolean {
  return !('name' in parameter) || parameter.name.toLowerCase() !== HEADER_PARAMETER.name.toLowerCase();
}

const HEADER_PARAMETER = {
  name: 'Idempotency-Key',
  in: 'header' as const,
  required: false,
  description: 'Names this write: repeated within 24 h with the same key and body, it gets the first answer again',
  schema: { type: 'string', minLength: 1, maxLength: 255 },
};
