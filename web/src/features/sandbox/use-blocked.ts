import { asHttpError } from '../../shared/http/http';
import { useState } from 'react';
import { useTexts } from '../../shared/i18n/texts';
import { useToast } from '../../shared/ui/toasts';
import { blockBot, type Scope, unblockBot } from './api';
import { sandboxTexts } from './texts';

/** Whether the user has blocked the bot in this chat, as far as this page has seen. */
export function useBlocked(scope: Scope): {
  isBlocked: boolean;
  setBlocked: (isBlocked: boolean) => void;
  toggleBlocked: () => void;
} {
  const t = useTexts(sandboxTexts);
  const toast = useToast();
  const [isBlocked, setBlocked] = useState(false);

  const toggleBlocked = (): void => {
    const change = isBlocked ? unblockBot(scope) : blockBot(scope);
    change.then(
      () => {
        setBlocked(!isBlocked);
        toast(isBlocked ? t.header.unblocked : t.header.blocked);
      },
      (error: unknown) => {
        toast(t.errors.failed(asHttpError(error).message), 'error');
      },
    );
  };

  return { isBlocked, setBlocked, toggleBlocked };
}
