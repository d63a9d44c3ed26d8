import type { ProviderSetup } from '../provider.js';

/** How RapidAPI knows who asks, and which API is meant; for its door alone. */
export function rapidApiHeaders({ apiHost, apiKey }: ProviderSetup, baseUrl: string): Record<string, string> {
  const host = apiHost ?? new URL(baseUrl).host;
  return { 'x-rapidapi-host': host, ...(apiKey === null ? {} : { 'x-rapidapi-key': apiKey }) };
}
