import type { ApiCall } from '../../../src/sandbox/world/call-log.js';
import type { MessageView } from '../../../src/sandbox/world/conversations.js';
import type { ControlClient } from '../../../src/sandbox/testing/control-client.js';
import { eventually } from '../../support/eventually.js';

const STATUS_MS = 10_000;
const VIDEO_MS = 60_000;

interface Button {
  text: string;
  callback_data?: string;
}

/** What one message of a person has led to. */
export class Asked {
  constructor(
    private readonly person: Person,
    readonly messageId: number,
    readonly updateId: number,
  ) {}

  get chatId(): number {
    return this.person.id;
  }

  /** What the bot has replied, deleted messages included. */
  async replies(): Promise<MessageView[]> {
    const messages = await this.person.messages();
    return messages.filter(({ reply_to_message: replied }) => replied?.message_id === this.messageId);
  }

  async videos(): Promise<MessageView[]> {
    return (await this.replies()).filter((reply) => fileOf(reply) !== undefined);
  }

  async statuses(): Promise<MessageView[]> {
    return (await this.replies()).filter((reply) => fileOf(reply) === undefined);
  }

  async video(deadlineMs = VIDEO_MS): Promise<MessageView> {
    return eventually(async () => {
      const [video] = await this.videos();
      if (video) return video;
      throw new Error(`There is no video, but ${JSON.stringify((await this.replies()).map(({ text }) => text))}`);
    }, deadlineMs);
  }

  /** The status message, once its text matches. */
  async status(text: RegExp, deadlineMs = STATUS_MS): Promise<MessageView> {
    return eventually(async () => {
      const statuses = await this.statuses();
      const found = statuses.find((status) => text.test(status.text ?? ''));
      if (found) return found;
      throw new Error(`The status is ${JSON.stringify(statuses.map((status) => status.text))}`);
    }, deadlineMs);
  }

  /** Everything is over: the video is there and the status is gone. */
  async delivered(deadlineMs = VIDEO_MS): Promise<MessageView> {
    const video = await this.video(deadlineMs);
    await eventually(async () => (await this.statuses()).every(({ deleted }) => deleted));
    return video;
  }

  /** Whichever way: the video is there, or a word about its failure. */
  async settled(deadlineMs: number): Promise<void> {
    await eventually(async () => {
      const replies = await this.replies();
      return replies.some((reply) => fileOf(reply) !== undefined || /Error id/.test(reply.text ?? ''));
    }, deadlineMs);
  }

  async pressCancel(): Promise<void> {
    const status = await this.status(/./);
    await this.person.press(status.message_id, cancelData(status));
  }

  /** Calls of the Bot API that were about the status message, oldest first. */
  async statusCalls(method: string): Promise<ApiCall[]> {
    const ids = (await this.statuses()).map(({ message_id: id }) => id);
    const calls = await this.person.calls(method);
    return calls.filter(({ params }) => ids.includes(Number(params.message_id)));
  }
}

/** Somebody who talks to the downloader bot in private. */
export class Person {
  constructor(
    private readonly control: ControlClient,
    private readonly botId: number,
    readonly id: number,
  ) {}

  async say(text: string): Promise<Asked> {
    const { message, updateId } = await this.control.write(this.botId, this.id, text);
    return new Asked(this, message.message_id, updateId);
  }

  messages(): Promise<MessageView[]> {
    return this.control.messages(this.botId, this.id);
  }

  calls(method: string): Promise<ApiCall[]> {
    return this.control.calls({ chatId: this.id, method });
  }

  async press(messageId: number, data: string): Promise<void> {
    await this.control.press(this.botId, this.id, messageId, data);
  }

  /** The first message that says so, once there is one. */
  async hears(text: RegExp, deadlineMs = STATUS_MS): Promise<MessageView> {
    return eventually(async () => (await this.messages()).find((message) => text.test(message.text ?? '')), deadlineMs);
  }
}

export function fileOf({ video, animation, document }: MessageView) {
  return video ?? animation ?? document;
}

export function cancelData(message: MessageView): string {
  const [button] = buttonsOf(message);
  if (button?.callback_data === undefined) throw new Error('There is no button to cancel with');
  return button.callback_data;
}

export function buttonsOf({ reply_markup: markup }: Pick<MessageView, 'reply_markup'>): Button[] {
  return (markup as { inline_keyboard?: Button[][] } | undefined)?.inline_keyboard?.flat() ?? [];
}
