import { Injectable, Module } from '@nestjs/common';
import { Action, Ctx, On, Update } from 'nestjs-telegraf';
import { DomainError } from '../../src/platform/errors/domain-error.js';
import {
  Audience,
  BotTexts,
  ObservesOutbox,
  Outbox,
  TryLater,
  type BotContext,
  type Language,
  type Person,
  type SettledMessage,
  type TelegramUser,
} from '../../src/telegram/index.js';

/** Everybody is known and speaks what his Telegram says. */
@Injectable()
export class FakeAudience extends Audience {
  readonly blocked: [string, number, boolean][] = [];

  seen(_bot: string, user: TelegramUser): Promise<Person> {
    return Promise.resolve({ tgUserId: user.id, language: user.language_code === 'ru' ? 'ru' : 'en', banned: false });
  }

  blockedBot(bot: string, tgUserId: number, blocked: boolean): Promise<void> {
    this.blocked.push([bot, tgUserId, blocked]);
    return Promise.resolve();
  }
}

/** Says its keys. */
@Injectable()
export class FakeTexts extends BotTexts {
  text(_bot: string, key: string, language: Language): string {
    return `${language}:${key}`;
  }

  has(): boolean {
    return true;
  }

  errorKey(_bot: string, code: string): string {
    return `error.${code}`;
  }
}

/** Answers each message with what it says, and fails when it is told to. */
@Update()
export class EchoUpdate {
  readonly heard: string[] = [];
  readonly settled: SettledMessage[] = [];

  constructor(private readonly outbox: Outbox) {}

  @On('message')
  async message(@Ctx() context: BotContext & { session: { count?: number } }): Promise<void> {
    const { message, chat, state } = context;
    if (!message || !chat || !('text' in message)) return;
    const { text } = message;
    this.heard.push(text);
    if (text === 'count') context.session.count = (context.session.count ?? 0) + 1;
    await this.outbox.send({
      key: `echo:${state.bot}:${context.update.update_id}`,
      bot: state.bot,
      chatId: chat.id,
      kind: 'status',
      text: `${state.bot} ${state.person.language} ${text}${text === 'count' ? ` ${context.session.count}` : ''}`,
    });
    if (text === 'later' && this.heard.filter((word) => word === text).length < 4) throw new TryLater('No room');
    if (text === 'expected') throw new DomainError('echo.expected', 'invalid', 'You asked for it');
    if (text === 'unexpected') throw new Error('Something broke');
  }

  @Action(/^press:(.*)$/)
  press(@Ctx() context: BotContext & { match: RegExpExecArray }): void {
    this.heard.push(`pressed ${context.match[1] ?? ''}`);
  }

  @ObservesOutbox('echo')
  hear(message: SettledMessage): Promise<void> {
    this.settled.push(message);
    return Promise.resolve();
  }
}

@Module({ providers: [EchoUpdate], exports: [EchoUpdate] })
export class EchoModule {}
