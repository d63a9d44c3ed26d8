import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '../../../../platform/clock/clock.js';
import { Database } from '../../../../platform/database/database.js';
import { narrow } from '../../../../platform/http-server/filters.js';
import { orderOf, pageWindow } from '../../../../platform/http-server/paging.js';
import { AuditLog } from '../../../ops/index.js';
import { FRESH, GenerationKey } from '../generation-key.entity.js';
import { KeyAlerts } from '../key-alerts.js';
import { KeySafe } from '../key-safe.js';
import { keyInUse, keyNameTaken, keyNotBlocked, keyNotDisabled, keyNotFound } from '../keys.errors.js';
import { KeysRepository } from '../keys.repository.js';
import type { CreateGenerationKeyDto, GenerationKeysQuery, UpdateGenerationKeyDto } from './key.dto.js';
import { shownKey, type ShownKey } from './shown-key.js';

/** What the operator sees and changes of keys. An actor is `user:{id}` or `telegram:{id}`. */
@Injectable()
export class KeysService {
  constructor(
    private readonly database: Database,
    private readonly keys: KeysRepository,
    private readonly safe: KeySafe,
    private readonly alerts: KeyAlerts,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  async page(query: GenerationKeysQuery): Promise<[ShownKey[], number]> {
    const { status, account, sort } = query;
    const { skip, take } = pageWindow(query);
    const { field, direction } = orderOf(sort);
    const all = this.rows.createQueryBuilder('k').orderBy(`k.${field}`, direction, 'NULLS LAST').addOrderBy('k.id');
    const [rows, total] = await narrow(all.skip(skip).take(take), { status, account }, {}).getManyAndCount();
    return [rows.map((row) => this.shown(row)), total];
  }

  async get(id: string): Promise<ShownKey> {
    return this.shown(await this.row(id));
  }

  async row(id: string): Promise<GenerationKey> {
    const row = await this.rows.findOneBy({ id });
    if (!row) throw keyNotFound();
    return row;
  }

  async create(actor: string, { name, account, apiKey }: CreateGenerationKeyDto): Promise<ShownKey> {
    return this.change(async () => {
      const id = randomUUID();
      const values = { id, name, account, apiKey: this.safe.close(id, apiKey), source: 'operator' as const };
      const result = await this.rows.createQueryBuilder().insert().values(values).orIgnore().returning('id').execute();
      if ((result.raw as unknown[]).length === 0) throw keyNameTaken(name);
      await this.retireStandIn();
      const after = await this.get(id);
      await this.record(actor, 'created', null, after);
      return after;
    });
  }

  async update(actor: string, id: string, settings: UpdateGenerationKeyDto): Promise<ShownKey> {
    return this.change(async () => {
      const row = await this.row(id);
      const { account, apiKey, status } = settings;
      if (apiKey !== undefined) await this.replace(row, apiKey);
      if (account !== undefined) await this.moveTo(id, account);
      if (status === 'disabled') await this.write(id, { status, blockedUntil: null, blockReason: null });
      if (status === 'active') await this.enable(await this.row(id));
      const after = await this.get(id);
      await this.record(actor, 'updated', this.shown(row), after);
      return after;
    });
  }

  async delete(actor: string, id: string): Promise<void> {
    await this.change(async () => {
      const row = await this.row(id);
      if (row.inFlight > 0) throw keyInUse(row.name, row.inFlight);
      await this.rows.delete({ id });
      await this.record(actor, 'deleted', this.shown(row), null);
    });
  }

  /** Its account is asked again, with all its keys that were blocked for a time. One that is invalid needs a test. */
  async unblock(actor: string, id: string): Promise<ShownKey> {
    return this.change(async () => {
      const before = await this.get(id);
      if (before.status === 'invalid' || before.status === 'disabled') throw keyNotBlocked(before.status);
      await this.keys.unblock(before.account);
      const after = await this.get(id);
      await this.record(actor, 'unblocked', before, after);
      return after;
    });
  }

  /** For a button, which knows it by its name; does nothing for one that is not blocked any more, or gone. */
  async unblockNamed(actor: string, name: string): Promise<void> {
    const row = await this.rows.findOneBy({ name, status: 'billing_blocked' });
    if (row) await this.unblock(actor, row.id);
  }

  /** KIE has taken it, whatever it has said before. */
  async validate(actor: string, id: string): Promise<void> {
    await this.change(async () => {
      const row = await this.row(id);
      if (row.status !== 'invalid') return;
      await this.write(id, { status: 'active', blockReason: null });
      await this.record(actor, 'tested', this.shown(row), await this.get(id));
    });
  }

  /** Under the locks of admission and health, so that what was read still holds when it is written. */
  private async change<T>(work: () => Promise<T>): Promise<T> {
    return this.database.transaction(async () => {
      await this.database.lock('generation.admission');
      await this.keys.lockAll();
      const result = await work();
      await this.database.afterCommit(() => this.alerts.check());
      return result;
    });
  }

  private async replace({ id, status }: GenerationKey, apiKey: string): Promise<void> {
    const standing = status === 'disabled' ? { status } : {};
    await this.write(id, { ...FRESH, ...standing, apiKey: this.safe.close(id, apiKey) });
  }

  private async enable({ id, status }: GenerationKey): Promise<void> {
    if (status === 'active') return;
    if (status !== 'disabled') throw keyNotDisabled();
    await this.write(id, FRESH);
  }

  /** What the key has sent and is still counted, or looked at, goes with it. */
  private async moveTo(id: string, account: string): Promise<void> {
    await this.write(id, { account });
    await this.keys.moveSubmissions(id, account);
  }

  private async retireStandIn(): Promise<void> {
    const changes = { status: 'disabled', blockReason: 'Another key has been added' } as const;
    await this.rows.update({ source: 'stand_in' }, { ...changes, blockedUntil: null, updatedAt: () => 'now()' });
  }

  private async write(id: string, changes: Partial<GenerationKey>): Promise<void> {
    await this.rows.update({ id }, { ...changes, updatedAt: () => 'now()' });
  }

  private async record(actor: string, what: string, before: ShownKey | null, after: ShownKey | null): Promise<void> {
    const subject = `generation_key:${(after ?? before)?.name ?? ''}`;
    await this.audit.record({ actor, action: `generation_key.${what}`, subject, before, after });
  }

  private shown(row: GenerationKey): ShownKey {
    return shownKey(row, this.safe.open(row), this.clock.now());
  }

  private get rows() {
    return this.database.repository(GenerationKey);
  }
}
