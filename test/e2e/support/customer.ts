import type { MessageView } from '../../../src/sandbox/world/conversations.js';
import type { ControlClient } from '../../../src/sandbox/testing/control-client.js';
import { eventually } from '../../support/eventually.js';
import { buttonsOf, fileOf, Person } from './person.js';

const GENERATION_ID = 100002;

/** Long enough for a bot that is killed and started again meanwhile. */
const ANSWER_MS = 100_000;

export interface Wanted {
  /** What scripts the stand-ins: words such as `kie:violation`. */
  product?: string;
  /** Its own prompt; without one it is an ad without wishes. */
  prompt?: string;
  count?: 1 | 3 | 5;
}

/** A button that can be pressed: it is the newest of its kind. */
export interface Button {
  messageId: number;
  data: string;
}

/** Somebody who orders videos from the generation bot in private. */
export class Customer extends Person {
  private seen = 0;
  /** What is said of them may come once more, when a bot was killed while it sent it. */
  private readonly confirmedDrafts = new Set<string>();

  constructor(
    private readonly sandbox: ControlClient,
    id: number,
    private readonly photo: Blob,
    private readonly language: 'en' | 'ru' = 'en',
  ) {
    super(sandbox, GENERATION_ID, id);
  }

  /** From `/start` to the summary. @returns the button that confirms */
  async prepare({ product = 'A red mug', prompt, count = 1 }: Wanted): Promise<Button> {
    await this.turnOver();
    await this.say('/start');
    await this.say(this.language === 'en' ? '🎬 Generate reels' : '🎬 Создать рилс');
    await this.sendPhoto();
    await this.say(product);
    return this.choose(prompt, count);
  }

  /** From the choice of a template to the summary. The bot takes what is said in its order: only buttons are waited for. */
  async choose(prompt: string | undefined, count: 1 | 3 | 5): Promise<Button> {
    await this.press(await this.button(prompt === undefined ? 'kind:ad' : 'kind:own'));
    await this.say(prompt ?? '-');
    await this.press(await this.button(`count:${count}`));
    return this.button('go:');
  }

  /** Buttons that are there by now are not looked for any more. */
  async turnOver(): Promise<void> {
    this.seen = Math.max(0, ...(await this.messages()).map(({ message_id: id }) => id));
  }

  async order(wanted: Wanted): Promise<void> {
    const confirm = await this.prepare(wanted);
    await this.press(confirm);
    this.confirmedDrafts.add(draftOf(confirm.data));
  }

  async sendPhoto(): Promise<void> {
    const form = new FormData();
    form.append('userId', String(this.id));
    form.append('photo', this.photo, 'product.jpg');
    await this.sandbox.post(`/chats/${GENERATION_ID}/${this.id}/messages`, form);
  }

  override async press(button: Button): Promise<void>;
  override async press(messageId: number, data: string): Promise<void>;
  override async press(target: Button | number, data = ''): Promise<void> {
    if (typeof target === 'number') await super.press(target, data);
    else await super.press(target.messageId, target.data);
  }

  /** Waits for a button whose data begins so, under a message of this turn. */
  async button(prefix: string): Promise<Button> {
    return eventually(async () => findButton(await this.newMessages(), prefix), ANSWER_MS);
  }

  async videos(): Promise<MessageView[]> {
    return (await this.fromBot()).filter((message) => fileOf(message) !== undefined);
  }

  /** How many messages of the bot have these words. */
  async heard(words: string): Promise<number> {
    return (await this.fromBot()).filter(({ text }) => text?.includes(words)).length;
  }

  private async newMessages(): Promise<MessageView[]> {
    return (await this.messages()).filter(
      (message) =>
        message.message_id > this.seen &&
        !buttonsOf(message).some(({ callback_data: data }) => this.confirmedDrafts.has(draftOf(data ?? ''))),
    );
  }

  private async fromBot(): Promise<MessageView[]> {
    return (await this.messages()).filter(({ from, deleted }) => from?.id === GENERATION_ID && !deleted);
  }
}

/** Of data such as `go:{draftId}` or `back:{draftId}:{step}`. */
function draftOf(data: string): string {
  return data.split(':')[1] ?? '';
}

function findButton(messages: MessageView[], prefix: string): Button | undefined {
  for (const message of messages.toReversed()) {
    const found = buttonsOf(message).find(({ callback_data: data }) => data?.startsWith(prefix));
    if (found?.callback_data !== undefined && !message.deleted) {
      return { messageId: message.message_id, data: found.callback_data };
    }
  }
  return undefined;
}
