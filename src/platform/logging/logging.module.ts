import { Global, Module, RequestMethod } from '@nestjs/common';
import { LoggerModule } from 'nestjs-pino';
import type { Logger } from 'pino';
import { processConfig, type ProcessConfig } from '../config/process.config.js';
import { ROOT_LOGGER, rootLogger } from './root-logger.js';

/**
 * Lines of a request carry its `requestId`. After `app.useLogger(app.get(Logger))`, with the Logger of nestjs-pino,
 * Nest's own Loggers write here too.
 */
@Global()
@Module({
  imports: [
    LoggerModule.forRootAsync({
      inject: [ROOT_LOGGER],
      // `configureHttp` begins each request's log, so that requests which never reach a controller are in it as well.
      useFactory: (logger: Logger) => ({
        pinoHttp: { logger },
        useExisting: true,
        // The library's own default is a pattern that the router only takes with a warning.
        forRoutes: [{ path: '{*path}', method: RequestMethod.ALL }],
      }),
    }),
  ],
  providers: [
    {
      provide: ROOT_LOGGER,
      inject: [processConfig.key],
      useFactory: ({ logLevel }: ProcessConfig) => rootLogger(logLevel),
    },
  ],
  exports: [ROOT_LOGGER],
})
export class LoggingModule {}
