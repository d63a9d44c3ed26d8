import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import packageJson from '../../../package.json';
import { problemContent } from '../errors/api-problems.js';
import { Problem } from '../errors/problem.js';
import { documentIdempotencyKeys } from '../idempotency/document-idempotency-keys.js';
import { operationsOf } from './openapi-operations.js';

/** The OpenAPI document of all routes: what `/docs-json` serves and the committed `openapi.json` is compared with. */
export function buildOpenApi(app: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setTitle('Nexus')
    .setDescription('Bots, recordings and their operation. Failures are RFC 9457 problem details with a `code`.')
    .setVersion(packageJson.version)
    .addBearerAuth()
    .build();
  const document = SwaggerModule.createDocument(app, config, {
    operationIdFactory: operationId,
    extraModels: [Problem],
  });
  for (const { operation } of operationsOf(document)) {
    operation.responses.default = { description: 'Any failure', content: problemContent };
  }
  documentIdempotencyKeys(document);
  return document;
}

/** `UsersController.me` → `usersMe`: names of the generated client, stable as long as the methods keep theirs. */
function operationId(controller: string, method: string): string {
  const subject = controller.replace(/Controller$/, '');
  return subject.charAt(0).toLowerCase() + subject.slice(1) + method.charAt(0).toUpperCase() + method.slice(1);
}
