import type { HttpClient } from '../../../../platform/http/index.js';
import type { StandIns } from '../../../../platform/stand-ins/stand-ins.js';
import type { TelegramConfig } from '../../../../telegram/index.js';
import { CredentialRefused, type AccessGrant, type Identity, type Platform, type Secrets } from '../platform.js';
import { objectOf, textOf } from '../protocol/json.js';
import { identityOf, whoAmI, type Refusal } from '../protocol/who-am-i.js';

const TOKEN = /^\d+:[\w-]+$/;

/** 404 is for what does not even look like a token to Telegram. */
const refusal: Refusal = (status) => (status === 401 || status === 404 ? 'unauthorized' : null);

/** A bot of the user's own, and the chat or channel that it writes to. */
export class TelegramPlatform implements Platform {
  readonly name = 'telegram';
  readonly oauth = null;
  readonly forms = [
    {
      name: 'bot',
      fields: [
        { name: 'botToken', required: true, description: 'Token of your bot, from @BotFather' },
        { name: 'chatId', required: true, description: 'Where it writes: id of a chat, or @name of a channel' },
      ],
    },
  ];

  constructor(
    private readonly http: HttpClient,
    private readonly config: TelegramConfig,
    private readonly standIns: StandIns,
  ) {}

  /** Telegram wants the token in the path, not in a header. */
  grant({ botToken }: Secrets): AccessGrant | null {
    return botToken === undefined ? null : { authorization: '', token: botToken };
  }

  /** https://core.telegram.org/bots/api#getme */
  async identify({ token }: AccessGrant): Promise<Identity> {
    if (!TOKEN.test(token)) throw new CredentialRefused('unauthorized');
    const url = `${this.standIns[this.name] ?? this.config.apiRoot}/bot${token}/getMe`;
    const me = objectOf((await whoAmI(this.http, { url }, refusal)).result);
    return identityOf(url, textOf(me.id), textOf(me.username));
  }
}
