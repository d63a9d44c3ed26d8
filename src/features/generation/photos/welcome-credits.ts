import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import { Ledger } from '../../credits/index.js';
import { OperatorCalendar } from '../../ops/index.js';
import { generationConfig, type GenerationConfig } from '../generation.config.js';
import { GenerationWelcome } from './generation-welcome.entity.js';

/** Credits that come with somebody's first photo. On a day that has none left they come with a photo of another day. */
@Injectable()
export class WelcomeCredits {
  constructor(
    @Inject(generationConfig.key) private readonly config: GenerationConfig,
    private readonly database: Database,
    private readonly ledger: Ledger,
    private readonly calendar: OperatorCalendar,
  ) {}

  /** Belongs to the ambient transaction. @returns how many have come now: 0 for who has had his */
  async give(tgUserId: number): Promise<number> {
    const { welcomeCredits: credits, welcomeCreditsPerDay: perDay } = this.config;
    if (credits === 0 || (await this.hasHad(tgUserId))) return 0;
    const day = this.calendar.today();
    // Newcomers go one after the other: each sees what those before him have taken of the day.
    await this.database.lock('generation.welcome');
    if ((await this.hasHad(tgUserId)) || (await this.givenOn(day)) + credits > perDay) return 0;
    await this.welcomes.insert({ tgUserId, day, credits });
    await this.ledger.grant({
      owner: { ownerKind: 'tg_user', ownerId: String(tgUserId) },
      amount: credits,
      reference: 'welcome',
      idempotencyKey: `welcome:${tgUserId}`,
      actor: 'system',
    });
    return credits;
  }

  private hasHad(tgUserId: number): Promise<boolean> {
    return this.welcomes.existsBy({ tgUserId });
  }

  private async givenOn(day: string): Promise<number> {
    return (await this.welcomes.sum('credits', { day })) ?? 0;
  }

  private get welcomes() {
    return this.database.repository(GenerationWelcome);
  }
}
