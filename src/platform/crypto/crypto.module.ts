import { Global, Module, type DynamicModule } from '@nestjs/common';
import { EncryptedColumns, type EncryptedColumn } from './encrypted-columns.js';
import { EncryptedRows } from './encrypted-rows.js';
import { KeyRing } from './key-ring.js';
import { Reencryption } from './reencryption.js';

@Global()
@Module({
  providers: [EncryptedColumns, EncryptedRows, KeyRing, Reencryption],
  exports: [EncryptedColumns, KeyRing, Reencryption],
})
export class CryptoModule {
  /** Declares where a feature keeps ciphertexts. */
  static forFeature(...columns: EncryptedColumn[]): DynamicModule {
    const declare = {
      provide: Symbol('declared columns'),
      inject: [EncryptedColumns],
      useFactory: (declared: EncryptedColumns) => {
        for (const column of columns) declared.declare(column);
      },
    };
    return { module: CryptoFeature, providers: [declare] };
  }
}

@Module({})
class CryptoFeature {}
