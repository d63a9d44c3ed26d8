import { PLATFORMS } from '../links/media-link.js';
import { familyOf } from '../routing/family.js';
import type { RoutedProvider } from '../routing/routing-table.js';
import type { ProviderWays } from './closed-ways.js';

export function waysOf(provider: RoutedProvider): ProviderWays {
  const { name, adapter, egresses } = provider;
  return {
    name,
    families: [...new Set(PLATFORMS.filter((platform) => provider.supports(platform)).map(familyOf))],
    egresses: [...egresses.keys()],
    obeysEgressCircuits: adapter?.kind === 'local',
  };
}
