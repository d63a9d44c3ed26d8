import { isDeepStrictEqual } from 'node:util';
import type { BotRecord, WebhookRecord } from '../../state/records.js';
import type { World } from '../../world/world.js';
import { badRequest, conflict } from '../errors.js';
import type { Call, Method } from '../method.js';
import type { Params } from '../params.js';
import type { Update } from '../types.js';

const MAX_POLL_SEC = 50;
const MAX_UPDATES = 100;
const DEFAULT_CONNECTIONS = 40;
const MAX_CONNECTIONS = 100;

export const getUpdates: Method = async (world, { bot, params, gone }): Promise<Update[]> => {
  if (bot.webhook) {
    throw conflict(
      "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    );
  }
  changeAllowedUpdates(world, bot, params);
  const request = {
    offset: params.integer('offset') ?? 0,
    limit: clamp(params.integer('limit') ?? MAX_UPDATES, 1, MAX_UPDATES),
    timeoutMs: clamp(params.integer('timeout') ?? 0, 0, MAX_POLL_SEC) * 1000,
  };
  return world.polls.wait(bot.id, request, gone);
};

export const setWebhook: Method = (world, call): true => {
  const { bot, params } = call;
  const url = params.text('url');
  if (url === undefined) return deleteWebhook(world, call) as true;
  const webhook = readWebhook(url, params);
  dropPending(world, call);
  const current = changeAllowedUpdates(world, bot, params);
  world.state.bots.put(bot.id, { ...current, webhook });
  world.polls.stop(bot.id, 'terminated by setWebhook request');
  world.updates.changed(bot.id);
  return true;
};

export const deleteWebhook: Method = (world, call): true => {
  dropPending(world, call);
  world.state.bots.put(call.bot.id, { ...call.bot, webhook: null });
  return true;
};

export const getWebhookInfo: Method = (world, { bot }) => ({
  url: bot.webhook?.url ?? '',
  has_custom_certificate: false,
  pending_update_count: world.updates.pending(bot.id).size,
  last_error_date: bot.webhook?.lastError?.date,
  last_error_message: bot.webhook?.lastError?.message,
  max_connections: bot.webhook?.maxConnections,
  ip_address: bot.webhook ? '127.0.0.1' : undefined,
  allowed_updates: bot.allowedUpdates ?? undefined,
});

/** Unlike Telegram, which wants https, takes http as well, as a local server does. */
function readWebhook(url: string, params: Params): WebhookRecord {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) throw badRequest('invalid webhook URL specified');
  const secretToken = params.text('secret_token') ?? null;
  if (secretToken !== null && secretToken.length > 256) throw badRequest('secret token is too long');
  if (secretToken !== null && !/^[\w-]+$/.test(secretToken)) {
    throw badRequest('secret token contains unallowed characters');
  }
  const maxConnections = clamp(params.integer('max_connections') ?? DEFAULT_CONNECTIONS, 1, MAX_CONNECTIONS);
  return { url, secretToken, maxConnections, lastError: null };
}

/** Without the parameter the last choice stays; an empty list means the usual kinds. */
function changeAllowedUpdates(world: World, bot: BotRecord, params: Params): BotRecord {
  const given = params.list('allowed_updates')?.filter((kind) => typeof kind === 'string');
  if (!given) return bot;
  const allowedUpdates = given.length > 0 ? given : null;
  // Pollers repeat their list with every request: only a change is worth a line in the journal.
  if (isDeepStrictEqual(allowedUpdates, bot.allowedUpdates)) return bot;
  return world.state.bots.put(bot.id, { ...bot, allowedUpdates });
}

function dropPending(world: World, { bot, params }: Call): void {
  if (params.flag('drop_pending_updates')) world.updates.clear(bot.id);
}

const clamp = (value: number, min: number, max: number): number => Math.min(Math.max(value, min), max);
