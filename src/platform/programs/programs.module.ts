import { join } from 'node:path';
import { Global, Module, type OnApplicationShutdown } from '@nestjs/common';
import { processConfig, type ProcessConfig } from '../config/process.config.js';
import { ProgramRegistry } from './program-registry.js';
import { ProgramRunner } from './program-runner.js';
import { programsConfig, type ProgramsConfig } from './programs.config.js';

@Global()
@Module({
  providers: [
    {
      provide: ProgramRunner,
      inject: [processConfig.key, programsConfig.key],
      useFactory: ({ dataDir }: ProcessConfig, { searchPath }: ProgramsConfig) => {
        const registry = new ProgramRegistry(join(dataDir, 'work', 'programs'));
        registry.sweepOrphans();
        return new ProgramRunner({ searchPath, registry });
      },
    },
  ],
  exports: [ProgramRunner],
})
export class ProgramsModule implements OnApplicationShutdown {
  constructor(private readonly runner: ProgramRunner) {}

  async onApplicationShutdown(): Promise<void> {
    await this.runner.stopAll();
  }
}
