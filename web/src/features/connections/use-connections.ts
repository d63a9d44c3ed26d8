import type { HttpError } from '../../shared/http/http';
import { useResource } from '../../shared/http/use-resource';
import { checkConnections, type Connection, type ConnectionPlatform, loadConnections, loadPlatforms } from './api';
import { platformsWithAccounts, type PlatformWithAccounts } from './platforms-with-accounts';

async function load(signal: AbortSignal): Promise<[ConnectionPlatform[], Connection[]]> {
  return Promise.all([loadPlatforms(signal), loadConnections(signal)]);
}

interface Connections {
  /** Null while they are on their way. */
  platforms: PlatformWithAccounts[] | null;
  error: HttpError | null;
  /** Whether the platforms are being asked; until they have answered the accounts are as they were last. */
  isChecking: boolean;
  checkError: HttpError | null;
  reload: () => void;
}

export function useConnections(): Connections {
  const loaded = useResource(load);
  const checks = useResource(checkConnections);
  return {
    platforms: loaded.data && platformsWithAccounts(...loaded.data, checks.data ?? []),
    error: loaded.error,
    isChecking: checks.data === null && checks.error === null,
    checkError: checks.error,
    reload: loaded.reload,
  };
}
