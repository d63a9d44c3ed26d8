/** The part of the Bot API's objects that the chat shows. Names and units are Telegram's. */

export interface TgUser {
  id: number;
  is_bot?: boolean;
  first_name: string;
  last_name?: string;
  username?: string;
}

export interface TgChat {
  id: number;
  type: string;
  title?: string;
  first_name?: string;
  username?: string;
}

export interface TgEntity {
  type: string;
  /** In UTF-16 code units, like JavaScript's string indexes. */
  offset: number;
  length: number;
  url?: string;
  language?: string;
  user?: TgUser;
}

export interface TgFile {
  file_id: string;
  file_unique_id: string;
  /** Bytes. */
  file_size?: number;
}

export interface TgPhotoSize extends TgFile {
  width: number;
  height: number;
}

export interface TgVideo extends TgFile {
  width?: number;
  height?: number;
  /** Seconds. */
  duration?: number;
  thumbnail?: TgPhotoSize;
  file_name?: string;
  mime_type?: string;
}

export interface TgAudio extends TgFile {
  performer?: string;
  title?: string;
  file_name?: string;
}

export interface TgDocument extends TgFile {
  file_name?: string;
  mime_type?: string;
  thumbnail?: TgPhotoSize;
}

export interface TgSticker extends TgPhotoSize {
  emoji?: string;
}

export interface TgVideoNote extends TgFile {
  thumbnail?: TgPhotoSize;
}

export interface InlineButton {
  text: string;
  style?: string;
  callback_data?: string;
  url?: string;
  login_url?: { url: string };
  web_app?: { url: string };
  copy_text?: { text: string };
}

export interface KeyboardButton {
  text: string;
  style?: string;
  request_contact?: boolean;
  request_location?: boolean;
  request_users?: unknown;
  request_chat?: unknown;
  request_poll?: unknown;
  web_app?: { url: string };
}

export interface ReplyMarkup {
  inline_keyboard?: InlineButton[][];
  keyboard?: (KeyboardButton | string)[][];
  one_time_keyboard?: boolean;
  is_persistent?: boolean;
  input_field_placeholder?: string;
  remove_keyboard?: boolean;
  force_reply?: boolean;
}

export interface TgMessage {
  message_id: number;
  /** Unix seconds. */
  date: number;
  edit_date?: number;
  from?: TgUser;
  chat: TgChat;
  media_group_id?: string;
  reply_to_message?: TgMessage;
  reply_markup?: ReplyMarkup;
  text?: string;
  entities?: TgEntity[];
  caption?: string;
  caption_entities?: TgEntity[];
  show_caption_above_media?: boolean;
  photo?: TgPhotoSize[];
  video?: TgVideo;
  animation?: TgVideo;
  video_note?: TgVideoNote;
  audio?: TgAudio;
  voice?: TgAudio;
  document?: TgDocument;
  sticker?: TgSticker;
  invoice?: { title: string; description: string; currency: string; total_amount: number };
  new_chat_members?: TgUser[];
  left_chat_member?: TgUser;
  group_chat_created?: boolean;
  pinned_message?: TgMessage;
}

export const textOf = (message: TgMessage): string => message.text ?? message.caption ?? '';

export const entitiesOf = (message: TgMessage): TgEntity[] => message.entities ?? message.caption_entities ?? [];

/** The biggest size; Telegram sorts them, but does not promise to. */
export function largestPhoto(sizes: TgPhotoSize[]): TgPhotoSize | undefined {
  return sizes.reduce<TgPhotoSize | undefined>(
    (best, size) => (best && best.width * best.height >= size.width * size.height ? best : size),
    undefined,
  );
}

export const fullName = (user: TgUser): string =>
  user.last_name ? `${user.first_name} ${user.last_name}` : user.first_name;
