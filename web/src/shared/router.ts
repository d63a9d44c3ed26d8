import { useSyncExternalStore } from 'react';

/**
 * The address bar as state. A page is a path and its query; the browser's own history does the rest.
 */
const CHANGED = 'nexus:navigate';

export function navigate(address: string, options: { replace?: boolean } = {}): void {
  if (address === location.pathname + location.search) return;
  if (options.replace) history.replaceState(null, '', address);
  else history.pushState(null, '', address);
  window.dispatchEvent(new Event(CHANGED));
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('popstate', listener);
  window.addEventListener(CHANGED, listener);
  return () => {
    window.removeEventListener('popstate', listener);
    window.removeEventListener(CHANGED, listener);
  };
}

export const usePath = (): string => useSyncExternalStore(subscribe, () => location.pathname);

/** The query, `?` included. */
export const useQuery = (): string => useSyncExternalStore(subscribe, () => location.search);
