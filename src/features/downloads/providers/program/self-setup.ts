import type { ProviderSetup } from '../provider.js';

/** For questions about a program itself, whatever the operator's rows say. */
export function selfSetup(program: string): ProviderSetup {
  return { name: `${program} (self-test)`, baseUrl: null, apiHost: null, apiKey: null, options: {} };
}
