import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.js';
import type { Provider, ProviderReadiness, ProviderSetup } from './provider.js';

export const PROVIDERS = Symbol('providers');

/** A self-test may start a program: its answer is good for a while. */
const READINESS_MS = 300_000;

/** The adapters that are built in, by name. Adding one is its folder and a line where they are made. */
@Injectable()
export class ProviderRegistry {
  private readonly byName: ReadonlyMap<string, Provider>;

  private readonly tests = new Map<string, { at: number; of: string; answer: Promise<ProviderReadiness> }>();

  constructor(
    @Inject(PROVIDERS) providers: readonly Provider[],
    private readonly clock: Clock,
  ) {
    this.byName = new Map(providers.map((provider) => [provider.name, provider]));
  }

  find(adapter: string): Provider | undefined {
    return this.byName.get(adapter);
  }

  /** Asked anew every few minutes, and when the operator has changed something. */
  async readiness(provider: Provider, setup: ProviderSetup): Promise<ProviderReadiness> {
    const now = this.clock.now().getTime();
    const of = JSON.stringify(setup);
    const last = this.tests.get(setup.name);
    if (last?.of === of && now - last.at < READINESS_MS) return last.answer;
    const answer = provider.readiness(setup).catch((error: unknown) => ({ ready: false, reason: String(error) }));
    this.tests.set(setup.name, { at: now, of, answer });
    return answer;
  }

  /** The next one who wants to know asks it anew. */
  forget({ name }: Pick<ProviderSetup, 'name'>): void {
    this.tests.delete(name);
  }

  all(): Provider[] {
    return [...this.byName.values()];
  }
}
