import type { ControlClient } from '../../../src/sandbox/testing/control-client.js';
import { png } from '../../../src/sandbox/testing/pictures.js';
import type { MessageView } from '../../../src/sandbox/world/conversations.js';
import { eventually } from '../../support/eventually.js';

interface Button {
  text: string;
  callback_data?: string;
  url?: string;
}

/** Somebody who talks to the bot in private: each deed waits for what the bot says to it. */
export class Customer {
  constructor(
    private readonly control: ControlClient,
    private readonly botId: number,
    readonly id: number,
    /** Lets the bot speak at once: a chat hears of each message a second after the one before. */
    private readonly forgetFlood: () => Promise<void>,
  ) {}

  async say(text: string): Promise<MessageView> {
    await this.forgetFlood();
    const { message } = await this.control.write(this.botId, this.id, text);
    return this.answerAfter(message.message_id);
  }

  async send(kind: 'photo' | 'document' | 'video', content: Buffer = png(400, 400)): Promise<MessageView> {
    const form = new FormData();
    form.append('userId', String(this.id));
    form.append(kind, new Blob([new Uint8Array(content)]), 'product.png');
    await this.forgetFlood();
    const path = `/chats/${this.botId}/${this.id}/messages`;
    const { message } = await this.control.post<{ message: MessageView }>(path, form);
    return this.answerAfter(message.message_id);
  }

  /** Presses the newest button whose data begins so. @returns the word on it */
  async touch(prefix: string): Promise<string | null> {
    const { message, data } = await this.buttonFrom(prefix);
    return this.press(message, data);
  }

  /** Presses such a button, which leads to another message. */
  async choose(prefix: string): Promise<MessageView> {
    const before = (await this.heard()).at(-1)?.message_id ?? 0;
    await this.touch(prefix);
    return this.answerAfter(before);
  }

  async press(message: MessageView, data: string): Promise<string | null> {
    await this.forgetFlood();
    const { callbackQueryId } = await this.control.press(this.botId, this.id, message.message_id, data);
    return eventually(async () => {
      const press = await this.control.get<{ answered: boolean; text?: string }>(`/callbacks/${callbackQueryId}`);
      return press.answered ? { word: press.text ?? null } : undefined;
    }).then(({ word }) => word);
  }

  /** What the bot has said so far. */
  async heard(): Promise<MessageView[]> {
    const messages = await this.control.messages(this.botId, this.id);
    return messages.filter(({ from, deleted }) => from?.id === this.botId && !deleted);
  }

  async hears(part: string): Promise<MessageView> {
    return eventually(async () => (await this.heard()).findLast(({ text }) => text?.includes(part)));
  }

  private answerAfter(messageId: number): Promise<MessageView> {
    return eventually(async () => (await this.heard()).find(({ message_id: id }) => id > messageId));
  }

  private async buttonFrom(prefix: string): Promise<{ message: MessageView; data: string }> {
    for (const message of (await this.heard()).toReversed()) {
      const data = buttonsOf(message).find(({ callback_data: each }) => each?.startsWith(prefix))?.callback_data;
      if (data !== undefined) return { message, data };
    }
    throw new Error(`There is no button ${prefix}`);
  }
}

export function buttonsOf({ reply_markup: markup }: MessageView): Button[] {
  return ((markup as { inline_keyboard?: Button[][] } | undefined)?.inline_keyboard ?? []).flat();
}

/** The labels of the menu that came along, row by row. */
export function keyboardOf({ reply_markup: markup }: MessageView): string[][] {
  const { keyboard = [] } = (markup as { keyboard?: { text: string }[][] } | undefined) ?? {};
  return keyboard.map((row) => row.map(({ text }) => text));
}
