import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.js';
import { KeyRing } from '../../../platform/crypto/key-ring.js';
import { OnEvent } from '../../../platform/events/event.js';
import { Slots } from '../../../platform/slots/slots.js';
import { PLATFORMS } from '../links/media-link.js';
import type { Provider, ProviderSetup } from '../providers/provider.js';
import { ProviderRegistry } from '../providers/provider-registry.js';
import { ProviderSetups } from '../providers/provider-setups.js';
import type { DownloadProvider } from './download-provider.entity.js';
import { OWN_EGRESS, egressUrlContext } from './egress-endpoint.entity.js';
import type { Candidate } from './route.js';
import { routingChanged } from './routing.events.js';
import { RoutingRepository } from './routing.repository.js';
import type { RoutingRule } from './routing-rule.entity.js';

/** A change must hold everywhere within this time, also where its event was missed. */
const FRESH_MS = 2_000;

export interface RoutedProvider extends Candidate {
  row: DownloadProvider;
  setup: ProviderSetup;
  /** Absent when its row names an adapter that there is not. */
  adapter: Provider | undefined;
  /** Of its program. */
  version: string | null;
  /** Ways out that are in use; for each its proxy, or null for the machine's own. */
  egresses: ReadonlyMap<string, string | null>;
}

interface Table {
  rules: RoutingRule[];
  providers: ReadonlyMap<string, RoutedProvider>;
}

/** Rules and providers as the operator has set them up, kept in memory, so that a decision needs no database. */
@Injectable()
export class RoutingTable {
  private table: { at: number; answer: Promise<Table> } | null = null;

  constructor(
    private readonly routing: RoutingRepository,
    private readonly registry: ProviderRegistry,
    private readonly setups: ProviderSetups,
    private readonly keys: KeyRing,
    private readonly slots: Slots,
    private readonly clock: Clock,
  ) {}

  async read(): Promise<Table> {
    const now = this.clock.now().getTime();
    if (this.table && now - this.table.at < FRESH_MS) return this.table.answer;
    const table = { at: now, answer: this.load() };
    this.table = table;
    table.answer.catch(() => {
      if (this.table === table) this.table = null;
    });
    return table.answer;
  }

  @OnEvent(routingChanged)
  forget(): void {
    this.table = null;
  }

  slotLimit(key: string): Promise<number> {
    return this.slots.limitOf(key);
  }

  private async load(): Promise<Table> {
    const [rules, rows, endpoints] = await Promise.all([
      this.routing.rules(),
      this.routing.providers(),
      this.routing.egressEndpoints(),
    ]);
    const urls = new Map(
      endpoints.flatMap((endpoint) => {
        const url = opened(() => this.keys.decrypt(endpoint.url, egressUrlContext(endpoint.id)));
        return url === null ? [] : [[endpoint.name, url] as const];
      }),
    );
    const providers = await Promise.all(rows.map((row) => this.provider(row, urls)));
    return { rules, providers: new Map(providers.map((provider) => [provider.name, provider])) };
  }

  private async provider(row: DownloadProvider, urls: ReadonlyMap<string, string>): Promise<RoutedProvider> {
    const setup = opened(() => this.setups.of(row)) ?? this.setups.withoutKey(row);
    const adapter = this.registry.find(row.adapter);
    const readiness = adapter && (await this.registry.readiness(adapter, setup));
    const platforms = readiness?.platforms ?? PLATFORMS;
    const egresses = egressesOf(row, urls);
    return {
      row,
      setup,
      adapter,
      egresses,
      version: readiness?.version ?? null,
      name: row.name,
      isActive: row.isActive,
      notReady: whyNot(row, readiness, egresses),
      supports: (platform) => platforms.includes(platform),
      maxDurationSec: row.options.maxDurationSec ?? null,
    };
  }
}

/** What no key opens any more is as good as not there: the others go on. */
function opened<T>(open: () => T): T | null {
  try {
    return open();
  } catch {
    return null;
  }
}

function egressesOf({ options }: DownloadProvider, urls: ReadonlyMap<string, string>): Map<string, string | null> {
  const named = options.egress?.length ? options.egress : [OWN_EGRESS];
  const known = named.map((name) => [name, name === OWN_EGRESS ? null : urls.get(name)] as const);
  return new Map(known.flatMap(([name, url]) => (url === undefined ? [] : [[name, url] as const])));
}

function whyNot(
  { adapter }: DownloadProvider,
  readiness: { ready: boolean; reason?: string } | undefined,
  egresses: ReadonlyMap<string, string | null>,
): string | null {
  if (!readiness) return `There is no adapter called ${adapter}`;
  if (!readiness.ready) return readiness.reason ?? 'It cannot work here';
  return egresses.size === 0 ? 'None of its ways out is active' : null;
}
