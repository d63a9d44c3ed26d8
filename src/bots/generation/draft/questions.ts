import { Injectable } from '@nestjs/common';
import type { InlineKeyboardButton } from 'telegraf/types';
import { Generation } from '../../../features/generation/index.js';
import type { TextVariables } from '../../../telegram/index.js';
import { Conversation, type Reply } from '../conversation.js';
import { credits, videos } from '../counted.js';
import { kindRows, stepButtons } from '../keyboards.js';
import { COUNTS, type Draft } from './draft.js';
import type { DraftContext } from './draft-memory.js';

/** What is asked at each step, with its buttons. */
@Injectable()
export class Questions {
  constructor(
    private readonly conversation: Conversation,
    private readonly generation: Generation,
  ) {}

  /** @param first said before the question, or in its place; Telegram HTML */
  async ask(context: DraftContext, draft: Draft, first?: { before: string } | { instead: string }): Promise<void> {
    const { text, rows } = await this.question(context, draft);
    const markup = stepButtons((key) => this.conversation.say(context, key), draft, rows);
    await this.conversation.reply(context, { text: joined(first, text), markup } satisfies Reply);
  }

  private async question(
    context: DraftContext,
    draft: Draft,
  ): Promise<{ text: string; rows?: InlineKeyboardButton[][] }> {
    const say = (key: string, variables?: TextVariables) => this.conversation.say(context, key, variables);
    switch (draft.step) {
      case 'kind':
        return { text: say('step.kind'), rows: kindRows(say) };
      case 'count':
        return this.countQuestion(context, draft);
      case 'summary':
        return this.summary(context, draft);
      default:
        return { text: say(`step.${draft.step}`) };
    }
  }

  private async countQuestion(context: DraftContext, draft: Draft) {
    const { tgUserId, language } = context.state.person;
    const { perVideo, available } = await this.generation.price(tgUserId, kindOf(draft));
    const label = (count: number) => {
      const missing = perVideo * count - available;
      const key = missing > 0 ? 'button.count.short' : 'button.count';
      return this.conversation.say(context, key, {
        videos: videos(count, language),
        price: credits(perVideo * count, language),
        missing,
      });
    };
    return {
      text: this.conversation.say(context, 'step.count', {
        price: credits(perVideo, language),
        available: credits(available, language),
      }),
      rows: COUNTS.map((count) => [{ text: label(count), callback_data: `count:${count}` }]),
    };
  }

  private async summary(context: DraftContext, draft: Draft) {
    const { tgUserId, language } = context.state.person;
    const kind = kindOf(draft);
    const { perVideo } = await this.generation.price(tgUserId, kind);
    const { productText, wishes, userPrompt, count } = draft;
    const say = (key: string, variables?: TextVariables) => this.conversation.say(context, key, variables);
    const words = kind === 'own' ? userPrompt : wishes;
    const text = [
      say('step.summary', { product: productText ?? '', kind: say(`button.${kind}`) }),
      ...(words === null ? [] : [say(kind === 'own' ? 'summary.prompt' : 'summary.wishes', { words })]),
      say('summary.price', { count: count ?? 1, price: credits(perVideo * (count ?? 1), language) }),
    ].join('\n');
    return { text, rows: [[{ text: say('button.go'), callback_data: `go:${draft.id}` }]] };
  }
}

function kindOf({ kind }: Draft) {
  if (kind === null) throw new Error('The kind of video is not chosen yet');
  return kind;
}

function joined(first: { before: string } | { instead: string } | undefined, question: string): string {
  if (first === undefined) return question;
  return 'instead' in first ? first.instead : `${first.before}\n\n${question}`;
}
