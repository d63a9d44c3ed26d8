import type { ApiName } from '../apis/api-names.js';
import type { BotCommand, Message, Update } from '../bot-api/types.js';

export interface BotRecord {
  id: number;
  token: string;
  username: string;
  name: string;
  /** By scope and language; the key is `scopeKey` of the request. */
  commands: Record<string, BotCommand[]>;
  /** Null: all kinds but those that must be asked for by name. */
  allowedUpdates: string[] | null;
  webhook: WebhookRecord | null;
}

export interface WebhookRecord {
  url: string;
  secretToken: string | null;
  maxConnections: number;
  /** Unix seconds and text of the last failed delivery. */
  lastError: { date: number; message: string } | null;
}

export interface UserRecord {
  id: number;
  firstName: string;
  username: string | null;
  languageCode: string;
}

export interface GroupRecord {
  id: number;
  title: string;
  userIds: number[];
  botIds: number[];
}

/** A private chat exists from the user's first message to the bot. */
export interface DialogRecord {
  botId: number;
  userId: number;
  blocked: boolean;
}

export interface MessageRecord {
  /** `conversationKey` of the chat. */
  conversation: string;
  message: Message;
  /** What the bot sent as `reply_markup` when it was not an inline keyboard: bots never get it back, people see it. */
  keyboard: unknown;
  deleted: boolean;
}

export interface UpdateRecord {
  /** Order of arrival; several records may carry one `update_id`. */
  seq: number;
  botId: number;
  update: Update;
  /** Put in by hand: handed out once even when the bot has confirmed this `update_id` already. */
  injected: boolean;
  /** Unix milliseconds. */
  createdAt: number;
}

export type FileKind = 'photo' | 'video' | 'animation' | 'audio' | 'voice' | 'document' | 'thumbnail';

export interface FileRecord {
  uniqueId: string;
  kind: FileKind;
  /** Name on disk, in the folder of files. */
  stored: string;
  name: string | null;
  mimeType: string;
  size: number;
  width: number | null;
  height: number | null;
  duration: number | null;
  performer: string | null;
  title: string | null;
  /** Unique ids of its thumbnail and, for a photo, of its smaller size. */
  thumbnailId: string | null;
  smallerId: string | null;
}

export interface CallbackRecord {
  id: string;
  botId: number;
  chatId: number;
  messageId: number;
  userId: number;
  data: string;
  /** Unix milliseconds. */
  createdAt: number;
  answer: { text: string | null; showAlert: boolean; url: string | null } | null;
}

export interface SettingsRecord {
  /** Answer 429 as Telegram does, by chat and by bot. */
  enforceFlood: boolean;
  uploadLimitMb: number;
  /** Behave like a Bot API server started with `--local`. */
  local: boolean;
  /** First step of the growing delay between deliveries of one update to a webhook. */
  webhookRetryMs: number;
}

/** What a stand-in of SaveNow was asked for, and how far that is. */
export interface SavenowJob {
  id: string;
  /** Whose job it is, by the stand-in that it was ordered from. */
  api: 'savenow' | 'video-download-api';
  format: string;
  fullFormat: string;
  /** On the media site. */
  path: string;
  /** Where a hostile API leads in its place. */
  hostileUrl: string | null;
  /** Answered so far. */
  polls: number;
  /** How its polls go: broken ones first, then pending ones, then its end. */
  plan: {
    badPolls: number;
    pendingPolls: number;
    end: 'done' | 'failed' | 'noUrl';
    /** Every poll is sent elsewhere. */
    redirected: boolean;
    errorText: string;
  };
  /** Unix milliseconds. */
  createdAt: number;
}

/** What a stand-in of KIE was asked to make, and what becomes of it. */
export interface KieTask {
  id: string;
  account: string;
  /** Whose job it is, by its `callBackUrl`. */
  jobId: string;
  /** The whole body of createTask. */
  order: { model: string; callBackUrl: string | null; input: Record<string, unknown> };
  /** Unix milliseconds. */
  createdAt: number;
  endsAt: number;
  /** Null: it succeeds. */
  failure: { failCode: string; failMsg: string } | null;
  credits: number;
  /** How long the link of its video lives once it was told; null: for good. */
  linkLifeMs: number | 'never' | null;
  /** Unix milliseconds, when the link was told first. */
  toldAt: number | null;
}

/** A callback of KIE that is owed. */
export interface KieCallback {
  id: string;
  taskId: string;
  /** Unix milliseconds. */
  at: number;
  kind: 'true' | 'wrong-token' | 'other-task' | 'false-end';
  isRetry: boolean;
}

export interface KieAccount {
  name: string;
  balance: number;
  /** Credits for a task. */
  price: number;
}

export interface KieUpload {
  /** `{account}/{uploadPath}/{fileName}`: the same name overwrites. */
  key: string;
  account: string;
  fileName: string;
  mimeType: string;
  size: number;
  /** Of its bytes, hex. */
  sha256: string;
  /** Name on disk. */
  stored: string;
  /** Unix milliseconds. */
  createdAt: number;
}

/** What the stand-in of an authorisation server handed out: whose it is, and what it lets do. */
interface Granted {
  api: ApiName;
  /** Of the demo account that said yes. */
  accountId: string;
  scopes: string[];
  /** VK binds grants to one. */
  deviceId: string | null;
}

/** Exchanged once, by whoever knows the verifier. */
export interface OAuthCode extends Granted {
  code: string;
  redirectUri: string;
  /** The S256 of the verifier; null when none was given. */
  challenge: string | null;
  /** Whether a refresh token comes with it. */
  isOffline: boolean;
  /** Unix milliseconds. */
  expiresAt: number;
}

export interface OAuthToken extends Granted {
  token: string;
  kind: 'access' | 'refresh';
  /** Unix milliseconds; null: it does not end by time. */
  expiresAt: number | null;
}

/** An account that has said yes before. */
export interface OAuthConsent {
  api: ApiName;
  accountId: string;
}
