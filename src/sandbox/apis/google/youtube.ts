import { ok } from '../answer.js';
import type { Behaviours } from '../behaviour.js';
import { type IdentityRules } from '../oauth/identity.js';
import { queryOf, tokenOfHeader } from '../oauth/parameters.js';
import { accountOf } from './accounts.js';
import { INSUFFICIENT_SCOPES, missingParameter, UNAUTHENTICATED } from './errors.js';

export const CHANNEL_BEHAVIOURS: Behaviours = {
  no_channel: 'the account has no YouTube channel; `how`: empty (default, no items), absent (not even the list)',
};

const SCOPE = 'https://www.googleapis.com/auth/';

/** `channels.list` with `mine=true`. */
export const CHANNELS: IdentityRules = {
  tokenOf: (request) => tokenOfHeader(request, 'Bearer'),
  needs: {
    oneOf: ['youtube', 'youtube.readonly', 'youtube.force-ssl'].map((name) => SCOPE + name),
    lacking: INSUFFICIENT_SCOPES,
  },
  refused: () => UNAUTHENTICATED,
  behaviours: CHANNEL_BEHAVIOURS,
  answer: ({ accountId }, request, { behaviour, how }) => {
    const query = queryOf(request);
    const parts = (query.get('part') ?? '').split(',').filter((part) => part !== '');
    if (parts.length === 0) return missingParameter('part');
    if (query.get('mine') !== 'true') return missingParameter('mine');
    const isHidden = behaviour === 'no_channel';
    const channel = isHidden ? null : accountOf(accountId)?.channel;
    const items = channel ? [{ kind: 'youtube#channel', id: channel.id, ...partsOf(channel, parts) }] : [];
    const pageInfo = { totalResults: items.length, resultsPerPage: 5 };
    return ok({
      kind: 'youtube#channelListResponse',
      pageInfo,
      ...(isHidden && how === 'absent' ? {} : { items }),
    });
  },
};

type Channel = NonNullable<NonNullable<ReturnType<typeof accountOf>>['channel']>;

function partsOf({ title, handle, views, subscribers, videos }: Channel, parts: readonly string[]): object {
  const known: Record<string, object> = {
    snippet: { title, description: '', customUrl: handle, publishedAt: '2024-03-01T10:00:00Z' },
    // Numbers that may be large are texts.
    statistics: {
      viewCount: String(views),
      subscriberCount: String(subscribers),
      hiddenSubscriberCount: false,
      videoCount: String(videos),
    },
  };
  return Object.fromEntries(Object.entries(known).filter(([part]) => parts.includes(part)));
}
