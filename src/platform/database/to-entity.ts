import type { ObjectLiteral, Repository } from 'typeorm';

/** What `RETURNING *` of plain SQL answers, as TypeORM would have read it. */
export function toEntity<E extends ObjectLiteral>(repository: Repository<E>, row: Record<string, unknown>): E {
  const { driver } = repository.manager.dataSource;
  const entity = repository.create();
  for (const column of repository.metadata.columns) {
    column.setEntityValue(entity, driver.prepareHydratedValue(row[column.databaseName], column));
  }
  return entity;
}
