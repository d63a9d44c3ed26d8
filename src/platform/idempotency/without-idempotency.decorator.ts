import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiExtension } from '@nestjs/swagger';

export const WITHOUT_IDEMPOTENCY = Symbol('without-idempotency');

/** Marks such a route in the OpenAPI document. */
export const NOT_IDEMPOTENT_EXTENSION = 'x-no-idempotency-key';

/** The answer of this write is never kept: it holds tokens, or its body is a stream whose repetition is not seen. */
export const WithoutIdempotency = () =>
  applyDecorators(SetMetadata(WITHOUT_IDEMPOTENCY, true), ApiExtension(NOT_IDEMPOTENT_EXTENSION, true));
