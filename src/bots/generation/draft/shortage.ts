import { Injectable } from '@nestjs/common';
import { Conversation } from '../conversation.js';
import { stepButtons } from '../keyboards.js';
import { SupportContact } from '../support-contact.js';
import type { Draft } from './draft.js';
import type { DraftContext } from './draft-memory.js';

/** Says how many credits are missing, and where there are more. The draft stays where it is. */
@Injectable()
export class Shortage {
  constructor(
    private readonly conversation: Conversation,
    private readonly support: SupportContact,
  ) {}

  async tell(context: DraftContext, draft: Draft, missing: number): Promise<void> {
    const say = (key: string, variables = {}) => this.conversation.say(context, key, variables);
    const topUp = this.support.words(say, 'top_up.contact', 'top_up.none');
    await this.conversation.reply(context, {
      text: `${say('short', { missing })}\n\n${topUp}\n\n${say('short.kept')}`,
      markup: stepButtons(say, draft, this.support.topUpRows(say)),
    });
  }
}
