import type { HttpError } from '../../shared/http/http';
import { useResource } from '../../shared/http/use-resource';
import { listBots, listGroups, listUsers, type SandboxBot, type SandboxGroup, type SandboxUser } from './api';

export interface Directory {
  /** Null while they have never been read. */
  bots: readonly SandboxBot[] | null;
  users: readonly SandboxUser[];
  groups: readonly SandboxGroup[];
  error: HttpError | null;
  reloadUsers: () => void;
  reloadGroups: () => void;
  reload: () => void;
}

/** Bots start and stop listening without telling the page. */
const BOTS_REFRESH_MS = 10_000;

/** Whom one can talk to, and as whom. */
export function useDirectory(): Directory {
  const bots = useResource(listBots, BOTS_REFRESH_MS);
  const users = useResource(listUsers);
  const groups = useResource(listGroups);
  const isLoaded = bots.data !== null && users.data !== null;

  return {
    bots: isLoaded ? bots.data : null,
    users: users.data ?? [],
    groups: groups.data ?? [],
    error: bots.error ?? users.error,
    reloadUsers: users.reload,
    reloadGroups: groups.reload,
    reload: () => {
      bots.reload();
      users.reload();
      groups.reload();
    },
  };
}
