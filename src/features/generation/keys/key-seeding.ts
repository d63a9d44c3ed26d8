import { randomUUID } from 'node:crypto';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { processConfig, type ProcessConfig } from '../../../platform/config/process.config.js';
import { Database } from '../../../platform/database/database.js';
import { STAND_INS, type StandIns } from '../../../platform/stand-ins/stand-ins.js';
import { generationConfig, type GenerationConfig } from '../generation.config.js';
import { FRESH, GenerationKey, type KeySource } from './generation-key.entity.js';
import { KeySafe } from './key-safe.js';
import { KeysRepository, type KeyRow } from './keys.repository.js';

/** The stand-in takes any word for the key of an account of this name. */
const STAND_IN_KEY = 'sandbox';
const RETIRED = 'It is not in the environment any more';

interface Wanted {
  name: string;
  value: string;
  source: KeySource;
}

/**
 * Puts the keys of the environment among those of the panel, each by the name of its variable and, until the operator says
 * otherwise, as an account of its own. A value that has changed is taken over; a variable that is gone leaves a disabled
 * key, which may still look at the tasks it has made.
 */
@Injectable()
export class KeySeeding implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly keys: KeysRepository,
    private readonly safe: KeySafe,
    @Inject(generationConfig.key) private readonly config: GenerationConfig,
    @Inject(STAND_INS) private readonly standIns: StandIns,
    @Inject(processConfig.key) private readonly process: ProcessConfig,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.database.transaction(async () => {
      // Processes that start together insert the same rows.
      await this.database.lock('generation.keys');
      const rows = await this.keys.lockAll();
      const wanted = this.wanted(rows);
      for (const key of wanted) await this.put(key, rows);
      if (this.process.roles.includes('worker')) await this.retire(wanted, rows);
    });
  }

  private wanted(rows: readonly KeyRow[]): Wanted[] {
    const keys = this.config.kieApiKeys.map((key) => ({ ...key, source: 'environment' as const }));
    const hasOwn = rows.some(({ source, status }) => source === 'operator' && status !== 'disabled');
    const usesStandIn = this.standIns.kie !== undefined && this.config.kieBaseUrl === undefined;
    if (keys.length > 0 || hasOwn || !usesStandIn) return keys;
    return [{ name: STAND_IN_KEY, value: STAND_IN_KEY, source: 'stand_in' }];
  }

  private async put({ name, value, source }: Wanted, rows: readonly KeyRow[]): Promise<void> {
    const row = rows.find((each) => each.name === name);
    if (!row) {
      const id = randomUUID();
      await this.table.insert({ id, name, account: name, apiKey: this.safe.close(id, value), source });
      return;
    }
    const isSame = this.safe.open(row) === value;
    const isBack = row.status === 'disabled' && row.blockReason === RETIRED;
    if (!isSame) await this.change(row, { ...FRESH, source, apiKey: this.safe.close(row.id, value) });
    else if (isBack || row.source !== source) await this.change(row, { ...(isBack ? FRESH : {}), source });
  }

  /** By workers alone: other processes may do without the keys. */
  private async retire(wanted: readonly Wanted[], rows: readonly KeyRow[]): Promise<void> {
    const isGone = ({ name, source }: KeyRow) => source !== 'operator' && wanted.every((key) => key.name !== name);
    for (const row of rows.filter((each) => isGone(each) && each.status !== 'disabled')) {
      await this.change(row, { status: 'disabled', blockedUntil: null, blockReason: RETIRED });
    }
  }

  private async change({ id }: KeyRow, changes: Partial<GenerationKey>): Promise<void> {
    await this.table.update({ id }, { ...changes, updatedAt: () => 'now()' });
  }

  private get table() {
    return this.database.repository(GenerationKey);
  }
}
