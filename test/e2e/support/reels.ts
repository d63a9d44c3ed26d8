import { readPhoto, makeProductPhoto } from './product-photo.js';
import { Customer } from './customer.js';
import { OPERATED, Operator } from './operator.js';
import type { World } from './world.js';

/** Waits that are short, a bot that is never told too much at once, and newcomers who can pay. */
export const QUICK_REELS = {
  ...OPERATED,
  BOT_RATE_PER_SEC: '1000',
  BOT_RATE_BURST: '1000',
  WELCOME_CREDITS: '0',
  API_RATE_PER_MIN: '0',
  GENERATION_POLL_FIRST_SEC: '2',
  GENERATION_POLL_EVERY_SEC: '2',
  GENERATION_TEMPORARY_DELAYS_SEC: '1,1,1',
  GENERATION_RATE_LIMIT_DELAYS_SEC: '1,1,1',
};

export interface JobView {
  id: string;
  batchId: string;
  tgUserId: number;
  status: string;
  model: string;
  attempts: number;
  costCredits: number;
  errorClass: string | null;
  errorCode: string | null;
  timeline: { at: string; from: string | null; to: string; note: string | null }[];
}

export interface Entry {
  kind: string;
  reference: string | null;
  availableDelta: number;
  heldDelta: number;
}

export interface Proof {
  ok: boolean;
  checked: Record<'accounts' | 'entries' | 'holds' | 'jobs', number>;
  problems: { code: string; subject: string }[];
}

/** Customers, and the operator who looks after them. */
export class Reels {
  private constructor(
    private readonly world: World,
    readonly operator: Operator,
    private readonly photo: Blob,
  ) {}

  static async open(world: World, url: string): Promise<Reels> {
    const photo = await readPhoto(await makeProductPhoto(world.folder));
    return new Reels(world, await Operator.login(url), photo);
  }

  async customer(credits: number, language: 'en' | 'ru' = 'en'): Promise<Customer> {
    const { id } = await this.world.control.post<{ id: number }>('/users', {
      firstName: 'Somebody',
      languageCode: language,
    });
    if (credits > 0) await this.grant(id, credits);
    return new Customer(this.world.control, id, this.photo, language);
  }

  async grant(tgUserId: number, amount: number): Promise<void> {
    await this.operator.send('POST', '/credits/grant', { tgUserId, amount, note: 'for a test' });
  }

  async jobsOf({ id }: Customer): Promise<JobView[]> {
    const jobs = await this.operator.items<JobView>(`/generation/jobs?tgUserId=${id}&pageSize=100`);
    return Promise.all(jobs.map((job) => this.operator.get<JobView>(`/generation/jobs/${job.id}`)));
  }

  async balanceOf({ id }: Customer): Promise<{ id: string; available: number; held: number }> {
    const [account] = await this.operator.items<{ id: string; available: number; held: number }>(
      `/credits/accounts?ownerKind=tg_user&ownerId=${id}`,
    );
    if (!account) throw new Error(`Customer ${id} has no account`);
    return account;
  }

  async entriesOf(customer: Customer): Promise<Entry[]> {
    const { id } = await this.balanceOf(customer);
    return this.operator.items<Entry>(`/credits/entries?accountId=${id}&pageSize=100`);
  }

  prove(): Promise<Proof> {
    return this.operator.send('POST', '/credits/audit');
  }
}
