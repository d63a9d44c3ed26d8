import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.js';
import type { Provider, ProviderReadiness } from './provider.js';

export const PROVIDERS = Symbol('providers');

/** A self-test may start a program: its answer is good for a while. */
const READINESS_MS = 300_000;

/** The adapters that are built in, by name. Adding one is its folder and a line where they are made. */
@Injectable()
export class ProviderRegistry {
  private readonly byName: ReadonlyMap<string, Provider>;

  private readonly tests = new Map<Provider, { at: number; answer: Promise<ProviderReadiness> }>();

  constructor(
    @Inject(PROVIDERS) providers: readonly Provider[],
    private readonly clock: Clock,
  ) {
    this.byName = new Map(providers.map((provider) => [provider.name, provider]));
  }

  find(adapter: string): Provider | undefined {
    return this.byName.get(adapter);
  }

  async readiness(provider: Provider): Promise<ProviderReadiness> {
    const now = this.clock.now().getTime();
    const last = this.tests.get(provider);
    if (last && now - last.at < READINESS_MS) return last.answer;
    const answer = provider.readiness().catch((error: unknown) => ({ ready: false, reason: String(error) }));
    this.tests.set(provider, { at: now, answer });
    return answer;
  }

  all(): Provider[] {
    return [...this.byName.values()];
  }
}
