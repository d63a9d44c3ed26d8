import { Global, Module, type DynamicModule } from '@nestjs/common';

/**
 * Base URLs of the sandbox's stand-ins, by the name of the outside part; empty without a sandbox. A part that has neither
 * a key nor a base URL of its own talks to its stand-in.
 */
export type StandIns = Readonly<Record<string, string>>;

export const STAND_INS = Symbol('stand-ins');

@Global()
@Module({})
export class StandInsModule {
  static forRoot(standIns: StandIns): DynamicModule {
    return { module: StandInsModule, providers: [{ provide: STAND_INS, useValue: standIns }], exports: [STAND_INS] };
  }
}
