import { Global, Module, type OnApplicationShutdown } from '@nestjs/common';
import { Clock } from '../clock/clock.js';
import { HttpClient } from './http-client.js';
import { UndiciHttpClient } from './undici-http-client.js';

@Global()
@Module({
  providers: [
    { provide: UndiciHttpClient, inject: [Clock], useFactory: (clock: Clock) => new UndiciHttpClient(clock) },
    { provide: HttpClient, useExisting: UndiciHttpClient },
  ],
  exports: [HttpClient],
})
export class HttpModule implements OnApplicationShutdown {
  constructor(private readonly client: UndiciHttpClient) {}

  async onApplicationShutdown(): Promise<void> {
    await this.client.close();
  }
}
