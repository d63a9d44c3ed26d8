import type { Notification } from '../notification.entity.js';
import { NotificationsFrontend, type LinkedChat } from '../notifications.frontend.js';

/** Notes what the chats of owners are told. */
export class RecordingNotificationsFrontend extends NotificationsFrontend {
  readonly linkingBot: string | undefined = 'first';
  /** E.g. `1001: recording.ready`. */
  readonly notes: string[] = [];

  usernameOf(bot: string): Promise<string | undefined> {
    return Promise.resolve(`${bot}_bot`);
  }

  tell({ chatId }: LinkedChat, { event }: Notification): Promise<void> {
    return this.note(`${chatId}: ${event}`);
  }

  unlinked({ chatId }: LinkedChat): Promise<void> {
    return this.note(`${chatId}: unlinked`);
  }

  private note(what: string): Promise<void> {
    this.notes.push(what);
    return Promise.resolve();
  }
}
