import { applyDecorators } from '@nestjs/common';
import {
  Column,
  type DeepPartial,
  type FindManyOptions,
  type FindOptionsWhere,
  ForeignKey,
  PrimaryColumn,
  type QueryDeepPartialEntity,
  type Repository,
  type SelectQueryBuilder,
} from 'typeorm';

/** A row that belongs to an account and goes with it. Its `userId` is an `@OwnerColumn()` or `@OwnerKey()`. */
export abstract class OwnedByUser {
  abstract userId: string;
}

// By its name: what an account is, features know.
const reference = () => ForeignKey('User', { onDelete: 'CASCADE' });

/** Whose row it is. */
export function OwnerColumn(): PropertyDecorator {
  return applyDecorators(reference(), Column('uuid'));
}

/** Whose row it is, where each has one, or one of each kind. */
export function OwnerKey(): PropertyDecorator {
  return applyDecorators(reference(), PrimaryColumn('uuid'));
}

type Where<E> = Omit<FindOptionsWhere<E>, 'userId'>;
type Own<E> = Omit<E, 'userId'>;

/**
 * The rows of one table, by owner. Every method takes him first and merges him into the query, so that nobody's request
 * reaches the rows of another: what is another's is not there.
 */
export class OwnedRows<E extends OwnedByUser> {
  constructor(private readonly rows: Repository<E>) {}

  find(owner: string, where?: Where<E>, options: Omit<FindManyOptions<E>, 'where'> = {}): Promise<E[]> {
    return this.rows.find({ ...options, where: this.of(owner, where) });
  }

  findOne(owner: string, where?: Where<E>): Promise<E | null> {
    return this.rows.findOneBy(this.of(owner, where));
  }

  /** Rows of a page, and how many there are in all. */
  findAndCount(
    owner: string,
    where: Where<E>,
    options: Pick<FindManyOptions<E>, 'order' | 'skip' | 'take'>,
  ): Promise<[E[], number]> {
    return this.rows.findAndCount({ ...options, where: this.of(owner, where) });
  }

  count(owner: string, where?: Where<E>): Promise<number> {
    return this.rows.countBy(this.of(owner, where));
  }

  /** @returns the row with what the database gave it */
  async insert(owner: string, values: DeepPartial<Own<E>>): Promise<E> {
    const row = this.rows.create(Object.assign({}, values, { userId: owner }) as DeepPartial<E>);
    // Fills the row in. Not `save`, which would take over the row of another that has the same id.
    await this.rows
      .createQueryBuilder()
      .insert()
      .values(row as QueryDeepPartialEntity<E>)
      .execute();
    return row;
  }

  /** @returns how many were there to be changed */
  async update(owner: string, where: Where<E>, changes: QueryDeepPartialEntity<E>): Promise<number> {
    return (await this.rows.update(this.of(owner, where), changes)).affected ?? 0;
  }

  /** @returns how many were there to be deleted */
  async delete(owner: string, where: Where<E>): Promise<number> {
    return (await this.rows.delete(this.of(owner, where))).affected ?? 0;
  }

  /** For what the others cannot ask; its conditions are added with `andWhere`. */
  query(owner: string, alias: string): SelectQueryBuilder<E> {
    return this.rows.createQueryBuilder(alias).where(`${alias}.userId = :owner`, { owner });
  }

  private of(owner: string, where?: Where<E>): FindOptionsWhere<E> {
    return Object.assign({}, where, { userId: owner });
  }
}
