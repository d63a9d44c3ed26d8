import type { DemoAccount } from '../oauth/authorization-request.js';

interface Channel {
  id: string;
  title: string;
  handle: string;
  subscribers: number;
  views: number;
  videos: number;
}

interface GoogleAccount extends DemoAccount {
  email: string;
  /** Null for one who has never been on YouTube. */
  channel: Channel | null;
}

function account(id: string, name: string, email: string, channel: Channel | null): GoogleAccount {
  return {
    id,
    name,
    email,
    channel,
    detail: channel ? `${email} · ${channel.title}` : `${email} · no YouTube channel`,
  };
}

export const GOOGLE_ACCOUNTS: readonly GoogleAccount[] = [
  account('anna', 'Anna', 'anna@example.com', {
    id: 'UCsandboxAnna00000000000',
    title: 'Anna’s channel',
    handle: '@anna-sandbox',
    subscribers: 1_250,
    views: 48_300,
    videos: 37,
  }),
  account('john', 'John', 'john@example.com', {
    id: 'UCsandboxJohn00000000000',
    title: 'John’s lectures',
    handle: '@john-sandbox',
    subscribers: 84,
    views: 1_902,
    videos: 12,
  }),
  account('eva', 'Eva', 'eva@example.com', null),
];

export const accountOf = (id: string): GoogleAccount | undefined => GOOGLE_ACCOUNTS.find((known) => known.id === id);
