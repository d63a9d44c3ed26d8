import { useMemo } from 'react';
import { navigate, useQuery } from '../../shared/router';

/** What the address asks for: `?bot=<username>&user=<id>`, and `&chat=<id>` for a group. */
export interface Selection {
  bot: string | null;
  userId: number | null;
  groupId: number | null;
}

const PAGE = '/sandbox/chat';

export function useSelection(): Selection {
  const query = useQuery();
  return useMemo(() => {
    const parameters = new URLSearchParams(query);
    return {
      bot: parameters.get('bot'),
      userId: idOf(parameters.get('user')),
      groupId: idOf(parameters.get('chat')),
    };
  }, [query]);
}

export function select({ bot, userId, groupId }: Selection): void {
  const parameters = new URLSearchParams();
  if (bot !== null) parameters.set('bot', bot);
  if (userId !== null) parameters.set('user', String(userId));
  if (groupId !== null) parameters.set('chat', String(groupId));
  navigate(`${PAGE}?${parameters}`);
}

const idOf = (text: string | null): number | null => (text !== null && /^-?\d+$/.test(text) ? Number(text) : null);
