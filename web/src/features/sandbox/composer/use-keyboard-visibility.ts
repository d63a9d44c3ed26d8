import { useDisclosure } from '@mantine/hooks';
import { useEffect } from 'react';
import type { TgMessage } from '../model/bot-api';

/** A new keyboard shows itself; it hides by the user's wish, or after one press if the bot said so. */
export function useKeyboardVisibility(message: TgMessage | null): { isShown: boolean; toggle: () => void } {
  const [isShown, { open, toggle }] = useDisclosure(true);
  useEffect(open, [message?.message_id, open]);
  return { isShown, toggle };
}
