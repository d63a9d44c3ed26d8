import type { NestExpressApplication } from '@nestjs/platform-express';
import { SwaggerModule } from '@nestjs/swagger';
import type { Logger } from 'pino';
import { processConfig, type ProcessConfig } from '../config/process.config.js';
import { ProblemFilter } from '../errors/problem.filter.js';
import { validationPipe } from '../errors/validation.js';
import { requestLogging } from '../logging/request-logging.js';
import { ROOT_LOGGER } from '../logging/root-logger.js';
import { buildOpenApi } from './openapi.js';
import { plainJson } from './plain-json.js';
import { requestId } from './request-id.js';
import { securityHeaders } from './security-headers.js';

const API_PREFIX = 'api/v1';
const BODY_LIMIT = '1mb';

/** Everything about HTTP that is the same for all routes; to be called before the application is initialised. */
export function configureHttp(app: NestExpressApplication): void {
  const { trustProxy } = app.get<ProcessConfig>(processConfig.key, { strict: false });
  app.disable('x-powered-by');
  // One hop: the address our own proxy saw. Anything further left in X-Forwarded-For is what the client claims.
  if (trustProxy) app.set('trust proxy', 1);
  app.use(requestId);
  app.use(requestLogging(app.get<Logger>(ROOT_LOGGER, { strict: false })));
  app.use(securityHeaders);
  app.useBodyParser('json', { limit: BODY_LIMIT });
  app.use(plainJson);
  app.setGlobalPrefix(API_PREFIX);
  app.useGlobalPipes(validationPipe());
  app.useGlobalFilters(new ProblemFilter());
  SwaggerModule.setup('docs', app, () => buildOpenApi(app), { jsonDocumentUrl: 'docs-json' });
}
