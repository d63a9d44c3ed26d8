import { contentOf } from '../bot-api/media-content.js';
import type { Params, Upload } from '../bot-api/params.js';
import { byPosition, detectEntities } from '../bot-api/text/detect-entities.js';
import type { Message, MessageContent, MessageEntity } from '../bot-api/types.js';
import type { UserRecord } from '../state/records.js';
import type { Place } from '../world/conversations.js';
import type { World } from '../world/world.js';
import { invalid, notFound } from './errors.js';
import { requiredText } from './input.js';

const FILE_KINDS = ['photo', 'video', 'document'] as const;

/** What a person writes: kept in the chat and told to the bots there. `updateId` is that of the bot of `place`. */
export async function writeAsUser(
  world: World,
  place: Place,
  user: UserRecord,
  params: Params,
): Promise<{ message: Message; updateId: number | null }> {
  const repliedTo = repliedMessage(world, place, params);
  const content = await contentFrom(world, params);
  const from = world.directory.user(user.id);
  if (!from) throw notFound('user');
  if (place.chat.type === 'private') world.directory.startDialog(place.botId, user.id);
  const message = world.conversations.add(place, { ...content, from, reply_to_message: repliedTo });
  let updateId: number | null = null;
  for (const botId of world.directory.botsOf(place.botId, place.chat.id)) {
    const id = world.updates.push(botId, 'message', world.files.shownTo(botId, message));
    if (botId === place.botId) updateId = id;
  }
  return { message: world.files.shownTo(place.botId, message), updateId };
}

async function contentFrom(world: World, params: Params): Promise<MessageContent> {
  const kind = FILE_KINDS.find((name) => params.upload(name));
  const upload = kind && params.upload(kind);
  if (!kind || !upload) {
    const text = requiredText(params, 'text');
    return { text, entities: entitiesOf(text) };
  }
  const caption = params.text('caption');
  return {
    ...(await fileContent(world, kind, upload, params)),
    caption,
    caption_entities: caption === undefined ? undefined : entitiesOf(caption),
  };
}

/** A video's width, height and duration are what the form says: a person's app would know them. */
async function fileContent(
  world: World,
  kind: (typeof FILE_KINDS)[number],
  upload: Upload,
  params: Params,
): Promise<MessageContent> {
  if (upload.size === 0) throw invalid('the file is empty');
  const traits =
    kind === 'photo'
      ? await world.photos.examine(upload.path, upload.size)
      : {
          width: params.whole('width') ?? null,
          height: params.whole('height') ?? null,
          duration: params.whole('duration') ?? null,
        };
  return contentOf(world, await world.files.adopt(upload, kind, traits));
}

function entitiesOf(text: string): MessageEntity[] | undefined {
  const entities = detectEntities(text).sort(byPosition);
  return entities.length > 0 ? entities : undefined;
}

function repliedMessage(world: World, place: Place, params: Params): Message | undefined {
  const messageId = params.integer('replyToMessageId');
  if (messageId === undefined) return undefined;
  const message = world.conversations.get(place, messageId);
  if (!message) throw notFound('message to reply to');
  return { ...message, reply_to_message: undefined };
}
