import { Module } from '@nestjs/common';
import { HttpKieClient } from './http-kie-client.js';
import { KieCalls } from './kie-calls.js';
import { KieClient } from './kie-client.js';
import { KieDoors } from './kie-doors.js';

/** The jobs API of KIE. */
@Module({
  providers: [KieCalls, KieDoors, { provide: KieClient, useClass: HttpKieClient }],
  exports: [KieClient, KieDoors],
})
export class KieModule {}
