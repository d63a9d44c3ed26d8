import { asHttpError } from '../../shared/http/http';
import { useEffect, useRef, useState } from 'react';
import { pressButton, type Scope } from './api';

interface Press {
  messageId: number;
  data: string;
}

export interface Presses {
  isPressing: (messageId: number, data: string) => boolean;
  press: (messageId: number, data: string) => void;
  answered: (callbackQueryId: string) => void;
}

/** Telegram's apps spin about this long before they give up. */
const ANSWER_TIMEOUT_MS = 15_000;

/** Presses of inline buttons that the bot has not answered yet. */
export function usePresses(
  scope: Scope,
  { onTimeout, onFailure }: { onTimeout: () => void; onFailure: (reason: string) => void },
): Presses {
  const [waiting, setWaiting] = useState<readonly Press[]>([]);
  const timers = useRef(new Map<Press, ReturnType<typeof setTimeout>>());
  /** The stream may tell of an answer before the request that pressed says which query it made. */
  const pressOfQuery = useRef(new Map<string, Press | 'answered'>());

  useEffect(() => {
    const running = timers.current;
    return () => {
      for (const timer of running.values()) clearTimeout(timer);
    };
  }, []);

  const forget = (press: Press): void => {
    clearTimeout(timers.current.get(press));
    timers.current.delete(press);
    setWaiting((presses) => presses.filter((other) => other !== press));
  };

  const isPressing = (messageId: number, data: string): boolean =>
    waiting.some((press) => press.messageId === messageId && press.data === data);

  return {
    isPressing,
    press: (messageId, data) => {
      if (isPressing(messageId, data)) return;
      const press = { messageId, data };
      setWaiting((presses) => [...presses, press]);
      const giveUp = setTimeout(() => {
        forget(press);
        onTimeout();
      }, ANSWER_TIMEOUT_MS);
      timers.current.set(press, giveUp);
      pressButton(scope, messageId, data).then(
        ({ callbackQueryId }) => {
          if (pressOfQuery.current.get(callbackQueryId) === 'answered') forget(press);
          else pressOfQuery.current.set(callbackQueryId, press);
        },
        (error: unknown) => {
          forget(press);
          onFailure(asHttpError(error).message);
        },
      );
    },
    answered: (callbackQueryId) => {
      const press = pressOfQuery.current.get(callbackQueryId);
      if (press !== undefined && press !== 'answered') forget(press);
      pressOfQuery.current.set(callbackQueryId, 'answered');
    },
  };
}
