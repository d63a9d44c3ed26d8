import { Global, Module, type DynamicModule } from '@nestjs/common';
import { Settings } from './settings.js';

/** Gives each module its own group of values under the group's `key`. */
@Global()
@Module({})
export class ConfigModule {
  static forRoot(settings: Settings): DynamicModule {
    const providers = settings.entries().map(([key, value]) => ({ provide: key, useValue: value }));
    return { module: ConfigModule, providers, exports: providers.map(({ provide }) => provide) };
  }
}
