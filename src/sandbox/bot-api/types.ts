/** The part of the Bot API's objects that the stand-in produces. Names and units are Telegram's. */

export interface User {
  id: number;
  is_bot: boolean;
  first_name: string;
  username?: string;
  language_code?: string;
}

export interface Chat {
  id: number;
  type: 'private' | 'supergroup';
  title?: string;
  first_name?: string;
  username?: string;
}

export interface MessageEntity {
  type: string;
  /** In UTF-16 code units. */
  offset: number;
  length: number;
  url?: string;
  language?: string;
  custom_emoji_id?: string;
}

/** `file_id` is missing while the object is stored: it differs from bot to bot and is added when shown to one. */
export interface FileObject {
  file_id?: string;
  file_unique_id: string;
  /** Bytes. */
  file_size?: number;
}

export interface PhotoSize extends FileObject {
  width: number;
  height: number;
}

export interface MediaFile extends FileObject {
  width?: number;
  height?: number;
  /** Seconds. */
  duration?: number;
  performer?: string;
  title?: string;
  thumbnail?: PhotoSize;
  file_name?: string;
  mime_type?: string;
}

export interface InlineKeyboardButton {
  text: string;
  callback_data?: string;
  [other: string]: unknown;
}

export interface InlineKeyboardMarkup {
  inline_keyboard: InlineKeyboardButton[][];
}

/** What a message carries besides who, where and when. */
export interface MessageContent {
  text?: string;
  entities?: MessageEntity[];
  caption?: string;
  caption_entities?: MessageEntity[];
  show_caption_above_media?: boolean;
  has_media_spoiler?: boolean;
  photo?: PhotoSize[];
  video?: MediaFile;
  animation?: MediaFile;
  document?: MediaFile;
  audio?: MediaFile;
  voice?: MediaFile;
  invoice?: { title: string; description: string; start_parameter: string; currency: string; total_amount: number };
}

export interface Message extends MessageContent {
  message_id: number;
  /** Unix seconds. */
  date: number;
  edit_date?: number;
  chat: Chat;
  from?: User;
  reply_to_message?: Message;
  media_group_id?: string;
  forward_origin?: { type: 'user'; date: number; sender_user: User };
  has_protected_content?: boolean;
  reply_markup?: InlineKeyboardMarkup;
}

/** One of the optional members (`message`, `callback_query`, …) is present. */
export interface Update {
  update_id: number;
  [kind: string]: unknown;
}

export interface BotCommand {
  command: string;
  description: string;
}
