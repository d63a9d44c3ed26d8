import { useCallback, useEffect, useMemo, useState } from 'react';
import { useResource } from '../../shared/http/use-resource';
import { type ApiCall, listCalls, type Scope } from './api';
import { mergeCalls, mergeLoaded } from './model/calls';

export interface CallLog {
  calls: readonly ApiCall[];
  isLoaded: boolean;
  hasFailed: boolean;
  add: (call: ApiCall) => void;
  reload: () => void;
  /** Hides what is there; later calls appear as before. */
  clear: () => void;
}

const LOADED_AT_ONCE = 200;

/** The Bot API calls about one chat, newest first. */
export function useCallLog({ botId, chatId, userId }: Scope): CallLog {
  const [calls, setCalls] = useState<readonly ApiCall[]>([]);
  const [clearedSeq, setClearedSeq] = useState(0);
  const load = useCallback(
    (signal: AbortSignal) => listCalls({ botId, chatId, userId }, LOADED_AT_ONCE, signal),
    [botId, chatId, userId],
  );
  const { data, error, reload } = useResource(load);

  useEffect(() => {
    if (!data) return;
    setCalls((known) => mergeLoaded(known, data));
    setClearedSeq((seq) => (seq > data.last ? 0 : seq));
  }, [data]);

  const add = useCallback((call: ApiCall) => {
    setCalls((known) => mergeCalls(known, [call]));
  }, []);
  const shown = useMemo(() => calls.filter((call) => call.seq > clearedSeq), [calls, clearedSeq]);

  return {
    calls: shown,
    isLoaded: data !== null,
    hasFailed: error !== null,
    add,
    reload,
    clear: () => {
      setClearedSeq(calls[0]?.seq ?? 0);
    },
  };
}
