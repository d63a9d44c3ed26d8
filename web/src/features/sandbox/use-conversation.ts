import { useCallback, useEffect, useEffectEvent, useReducer, useRef, useState } from 'react';
import { asHttpError, type HttpError, isAbort } from '../../shared/http/http';
import { listMessages, type SandboxUser, type Scope, sendMessage } from './api';
import type { TgMessage } from './model/bot-api';
import {
  type ConversationAction,
  conversationReducer,
  type ConversationState,
  type Draft,
  emptyConversation,
  type Entry,
} from './model/conversation-reducer';

export interface Conversation extends ConversationState {
  loadError: HttpError | null;
  /** Reads the list again; what is shown stays until it comes. */
  reload: () => void;
  apply: (action: ConversationAction) => void;
  /** Sends one after the other, in the order of the calls. */
  send: (drafts: readonly Draft[]) => void;
  retry: (entry: Entry) => void;
  discard: (entry: Entry) => void;
}

let lastDraft = 0;

/** The messages of one conversation. Mount it anew (`key`) for another one. */
export function useConversation(
  scope: Scope,
  author: SandboxUser,
  onSendFailed: (error: HttpError) => void,
): Conversation {
  const [state, apply] = useReducer(conversationReducer, emptyConversation);
  const [loadError, setLoadError] = useState<HttpError | null>(null);
  const [round, setRound] = useState(0);
  const queue = useRef(Promise.resolve());
  const load = useEffectEvent((signal: AbortSignal) => listMessages(scope, signal));

  const reload = useCallback(() => {
    setRound((value) => value + 1);
  }, []);

  useEffect(() => {
    if (round === 0) return;
    const controller = new AbortController();
    apply({ type: 'asked' });
    load(controller.signal).then(
      (messages) => {
        apply({ type: 'loaded', messages });
        setLoadError(null);
      },
      (error: unknown) => {
        if (!isAbort(error)) setLoadError(asHttpError(error));
      },
    );
    return () => {
      controller.abort();
    };
  }, [round]);

  const deliver = (key: string, draft: Draft): void => {
    queue.current = queue.current.then(async () => {
      try {
        apply({ type: 'sent', key, message: await sendMessage(scope, draft) });
        releaseFile(draft);
      } catch (error) {
        apply({ type: 'failed', key });
        onSendFailed(asHttpError(error));
      }
    });
  };

  return {
    ...state,
    loadError,
    reload,
    apply,
    send: (drafts) => {
      for (const draft of drafts) {
        const key = `draft-${(lastDraft += 1)}`;
        apply({ type: 'sending', key, draft, message: provisional(scope, author, draft) });
        deliver(key, draft);
      }
    },
    retry: (entry) => {
      if (!entry.draft) return;
      apply({ type: 'retried', key: entry.key });
      deliver(entry.key, entry.draft);
    },
    discard: (entry) => {
      apply({ type: 'discarded', key: entry.key });
      if (entry.draft) releaseFile(entry.draft);
    },
  };
}

function releaseFile({ file }: Draft): void {
  if (file) URL.revokeObjectURL(file.url);
}

/** What the message will look like, as far as the page knows before the server has it. */
const provisional = (scope: Scope, author: SandboxUser, draft: Draft): TgMessage => ({
  message_id: 0,
  date: Math.floor(Date.now() / 1000),
  from: { id: author.id, first_name: author.firstName },
  chat: { id: scope.chatId, type: scope.chatId < 0 ? 'group' : 'private' },
  reply_to_message: draft.replyTo,
  ...(draft.file ? { caption: draft.text } : { text: draft.text }),
});
