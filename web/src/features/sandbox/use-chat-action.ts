import { useCallback, useEffect, useState } from 'react';

/** Telegram shows an action for 5 seconds, or until the bot's message arrives. */
const SHOWN_MS = 5_000;

export function useChatAction(): { action: string | null; show: (action: string) => void; clear: () => void } {
  const [shown, setShown] = useState<{ action: string } | null>(null);

  useEffect(() => {
    if (!shown) return;
    const timer = setTimeout(() => {
      setShown(null);
    }, SHOWN_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [shown]);

  const show = useCallback((action: string) => {
    setShown({ action });
  }, []);
  const clear = useCallback(() => {
    setShown(null);
  }, []);
  return { action: shown?.action ?? null, show, clear };
}
