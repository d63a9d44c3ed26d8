import { Action, Ctx, On, Update } from 'nestjs-telegraf';
import type { Message } from 'telegraf/types';
import { Conversation } from '../conversation.js';
import { credits } from '../counted.js';
import { STEPS, withPhoto, withText, type Draft } from './draft.js';
import { draftIn, keepDraft, type DraftContext } from './draft-memory.js';
import { PhotoIntake, type IntakeOutcome } from './photo-intake.js';
import { Questions } from './questions.js';
import { albumOf, photoIn } from './sent-photo.js';

type Refusal = Exclude<IntakeOutcome, { outcome: 'accepted' }>;

/** Asked last: what is said at each step, and whatever nobody else understands. */
@Update()
export class DraftMessagesUpdate {
  constructor(
    private readonly conversation: Conversation,
    private readonly intake: PhotoIntake,
    private readonly questions: Questions,
  ) {}

  @On('message')
  async message(@Ctx() context: DraftContext): Promise<void> {
    const { message } = context;
    const draft = draftIn(context);
    if (!message) return;
    if (!draft) {
      await this.conversation.replyWithMenu(context, this.conversation.say(context, 'idle'));
      return;
    }
    // Of an album the first photo counts.
    if (draft.albumId !== null && albumOf(message) === draft.albumId) return;
    switch (STEPS[draft.step].takes) {
      case 'photo':
        return this.takePhoto(context, draft, message);
      case 'text':
        return this.takeText(context, draft, message);
      default:
        return this.sayExpected(context, draft);
    }
  }

  @Action(/^/)
  async unknownPress(@Ctx() context: DraftContext): Promise<void> {
    await this.conversation.answer(context, 'press.expired');
  }

  private async takePhoto(context: DraftContext, draft: Draft, message: Message): Promise<void> {
    const sent = photoIn(message);
    if (!sent) return this.sayExpected(context, draft);
    const outcome = await this.intake.take(context, sent.fileId);
    if (outcome.outcome !== 'accepted') return this.sayInstead(context, draft, this.refusalOf(context, outcome));
    const next = withPhoto(draft, outcome.photo.key, sent.albumId);
    keepDraft(context, next);
    await this.questions.ask(context, next, { before: this.acceptance(context, outcome.welcomeCredits) });
  }

  private async takeText(context: DraftContext, draft: Draft, message: Message): Promise<void> {
    if (!('text' in message) || message.text.startsWith('/')) return this.sayExpected(context, draft);
    const next = withText(draft, message.text);
    if ('problem' in next) {
      const { problem, ...limits } = next;
      return this.sayInstead(context, draft, this.conversation.say(context, `text.${problem}`, limits));
    }
    keepDraft(context, next);
    await this.questions.ask(context, next);
  }

  private acceptance(context: DraftContext, welcomeCredits: number): string {
    if (welcomeCredits === 0) return this.conversation.say(context, 'photo.accepted');
    return this.conversation.say(context, 'photo.welcome', {
      credits: credits(welcomeCredits, context.state.person.language),
    });
  }

  private refusalOf(context: DraftContext, refusal: Refusal): string {
    const { outcome } = refusal;
    const limit = 'limitMb' in refusal ? refusal.limitMb : 0;
    return this.conversation.say(context, `photo.${outcome}`, { limit, pixels: pixelsOf(refusal) });
  }

  private async sayExpected(context: DraftContext, draft: Draft): Promise<void> {
    await this.sayInstead(context, draft, this.conversation.say(context, `expected.${draft.step}`));
  }

  private async sayInstead(context: DraftContext, draft: Draft, instead: string): Promise<void> {
    await this.questions.ask(context, draft, { instead });
  }
}

/** The limit of the side that is too short, or too long. */
function pixelsOf(refusal: Refusal): number {
  if ('minPixels' in refusal) return refusal.minPixels;
  return 'maxPixels' in refusal ? refusal.maxPixels : 0;
}
