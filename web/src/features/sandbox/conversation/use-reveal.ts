import { useCallback, useEffect, useState } from 'react';

const LIT_MS = 1_500;

/** Scrolls to a message and lights it up for a moment. */
export function useReveal(): { litMessageId: number | null; reveal: (messageId: number) => void } {
  const [lit, setLit] = useState<{ messageId: number } | null>(null);

  useEffect(() => {
    if (!lit) return;
    document
      .querySelector(`[data-message-id="${lit.messageId}"]`)
      ?.scrollIntoView({ block: 'center', behavior: 'smooth' });
    const timer = setTimeout(() => {
      setLit(null);
    }, LIT_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [lit]);

  const reveal = useCallback((messageId: number) => {
    setLit({ messageId });
  }, []);
  return { litMessageId: lit?.messageId ?? null, reveal };
}
