import { Global, Module, type DynamicModule } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DataSource, type MixedList } from 'typeorm';
import { Database } from './database.js';
import { databaseConfig, type DatabaseConfig } from './database.config.js';
import { dataSourceOptions } from './data-source-options.js';
import { migrate } from './migrate.js';

/** Migrations: their classes, or where their built files lie. */
export type Migrations = MixedList<new () => object> | string[];

@Global()
@Module({})
export class DatabaseModule {
  static forRoot(migrations: Migrations): DynamicModule {
    return {
      module: DatabaseModule,
      imports: [
        TypeOrmModule.forRootAsync({
          inject: [databaseConfig.key],
          useFactory: (config: DatabaseConfig) => {
            if (config.url === undefined) throw new Error('DATABASE_URL is not decided');
            return {
              ...dataSourceOptions({ url: config.url, poolSize: config.poolSize }),
              migrations: migrations as string[],
              autoLoadEntities: true,
              retryAttempts: 0,
            };
          },
          dataSourceFactory: async (options) => {
            if (!options) throw new Error('No options of the database');
            const dataSource = await new DataSource(options).initialize();
            await migrate(dataSource);
            return dataSource;
          },
        }),
      ],
      providers: [Database],
      exports: [Database],
    };
  }
}
