import { randomUUID } from 'node:crypto';
import { Action, Ctx, Update } from 'nestjs-telegraf';
import { Generation, Photos, type OrderOutcome } from '../../../features/generation/index.js';
import { Conversation } from '../conversation.js';
import { SupportContact } from '../support-contact.js';
import { draftOf, type Draft } from './draft.js';
import { draftIn, draftsIn, keepDraft, keepDrafts, type DraftContext, type DraftPress } from './draft-memory.js';
import { summaryOf, withOrdered } from './drafts.js';
import { orderOf } from './order-of.js';
import { Questions } from './questions.js';
import { Shortage } from './shortage.js';

/** The button that confirms, and the one that begins anew with a product that there was before. */
@Update()
export class OrderUpdate {
  constructor(
    private readonly conversation: Conversation,
    private readonly generation: Generation,
    private readonly photos: Photos,
    private readonly questions: Questions,
    private readonly shortage: Shortage,
    private readonly support: SupportContact,
  ) {}

  /** The summary stays after it is ordered: pressed again, the button finds its batch. */
  @Action(/^go:([0-9a-f-]{36})$/)
  async confirm(@Ctx() context: DraftPress): Promise<void> {
    const draft = summaryOf(draftsIn(context), context.match[1] ?? '');
    const order = draft && orderOf(draft, context);
    if (!order) {
      await this.expired(context);
      return;
    }
    const outcome = await this.generation.order(order);
    await this.conversation.answer(context, outcome.outcome === 'repeated' ? 'press.ordered' : undefined);
    await this.follow(context, draft, outcome);
  }

  @Action(/^again:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/)
  async again(@Ctx() context: DraftPress): Promise<void> {
    const { tgUserId } = context.state.person;
    const job = await this.generation.ownJob(tgUserId, context.match[1] ?? '');
    await this.conversation.answer(context, job ? undefined : 'press.forgotten');
    if (!job) return;
    const draft = draftOf(job, randomUUID());
    if (await this.photos.own(tgUserId, job.photoKey)) await this.goTo(context, draft);
    else await this.askForPhoto(context, draft);
  }

  private async follow(context: DraftContext, draft: Draft, outcome: OrderOutcome): Promise<void> {
    switch (outcome.outcome) {
      case 'started':
        keepDrafts(context, withOrdered(draftsIn(context), draft.id));
        return;
      case 'repeated':
        return;
      case 'short':
        return this.shortage.tell(context, draft, outcome.missing);
      case 'photo_gone':
        return this.askForPhoto(context, draft);
      case 'unavailable':
        return this.unavailable(context, draft);
    }
  }

  /** What was begun meanwhile goes on; who has nothing finds the way to begin. */
  private async expired(context: DraftContext): Promise<void> {
    await this.conversation.answer(context, 'press.expired');
    if (draftIn(context)) return;
    await this.conversation.replyWithMenu(context, this.conversation.say(context, 'press.expired'));
  }

  private async unavailable(context: DraftContext, draft: Draft): Promise<void> {
    const say = (key: string, variables = {}) => this.conversation.say(context, key, variables);
    const contact = this.support.words(say, 'contact.write', 'contact.later');
    await this.questions.ask(context, draft, { instead: `${say('unavailable')} ${contact}` });
  }

  private async askForPhoto(context: DraftContext, draft: Draft): Promise<void> {
    const before = this.conversation.say(context, 'photo.gone');
    await this.goTo(context, { ...draft, id: randomUUID(), step: 'photo', photoKey: null }, { before });
  }

  private async goTo(context: DraftContext, draft: Draft, first?: { before: string }): Promise<void> {
    keepDraft(context, draft);
    await this.questions.ask(context, draft, first);
  }
}
