import { join } from 'node:path';
import { Global, Module } from '@nestjs/common';
import { processConfig, type ProcessConfig } from '../config/process.config.js';
import { FileStorage } from './file-storage.js';
import { storageConfig, type StorageConfig } from './storage.config.js';
import { Storage } from './storage.js';

@Global()
@Module({
  providers: [
    {
      provide: Storage,
      inject: [storageConfig.key, processConfig.key],
      useFactory: ({ folder }: StorageConfig, { dataDir }: ProcessConfig) =>
        new FileStorage(folder ?? join(dataDir, 'storage')),
    },
  ],
  exports: [Storage],
})
export class StorageModule {}
