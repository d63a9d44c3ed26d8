/** A person in a bot. */
export interface BotPerson {
  bot: string;
  tgUserId: number;
}

export interface ActivitySummary {
  /** All that he has ever asked for. */
  requests: number;
  lastRequestAt: Date;
}

export interface DayOfActivity {
  /** Of the operator, as `2026-11-20`. */
  day: string;
  requests: number;
  /** Of them, those that he got what he asked for. */
  delivered: number;
}

export interface RequestOfPerson {
  id: string;
  /** What the bot shows of it, and the operator can look up. */
  errorRef: string;
  link: string;
  platform: string;
  title: string | null;
  state: string;
  createdAt: Date;
}

export interface PersonalActivity {
  /** The last thirty days, today included, also those without any. */
  byDay: DayOfActivity[];
  /** Of all time, the most asked for first. */
  byPlatform: { platform: string; requests: number }[];
  /** The newest first. */
  lastRequests: RequestOfPerson[];
}

/** Port: what people have asked the bots for. The product behind the bots implements it. */
export abstract class UserActivity {
  /** In the order of `people`; null for those who have not asked for anything. */
  abstract summaries(people: readonly BotPerson[]): Promise<(ActivitySummary | null)[]>;

  abstract of(person: BotPerson): Promise<PersonalActivity>;
}
