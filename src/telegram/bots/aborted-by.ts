import type { Telegram } from 'telegraf';

type CallOptions = NonNullable<Parameters<Telegram['callApi']>[2]>;

/** telegraf's types know the signals of a package from before Node had its own; both work. */
export function abortedBy(signal: AbortSignal): CallOptions {
  return { signal: signal as unknown as CallOptions['signal'] };
}
