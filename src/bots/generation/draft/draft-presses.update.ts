import { randomUUID } from 'node:crypto';
import { Action, Ctx, Hears, Update } from 'nestjs-telegraf';
import { Generation, type GenerationKind } from '../../../features/generation/index.js';
import { Conversation } from '../conversation.js';
import { labelsOf } from '../labels.js';
import { COUNTS, newDraft, stepBack, withCount, withKind, type Draft, type Step } from './draft.js';
import { draftIn, draftsIn, keepDraft, keepDrafts, type DraftContext, type DraftPress } from './draft-memory.js';
import { goingOn, summaryOf, withoutDraft } from './drafts.js';
import { Questions } from './questions.js';
import { Shortage } from './shortage.js';
import { stalePress } from './stale-press.js';

/** The buttons on the way to an order. One of an earlier step or an earlier draft gets a word and changes nothing. */
@Update()
export class DraftPressesUpdate {
  constructor(
    private readonly conversation: Conversation,
    private readonly generation: Generation,
    private readonly questions: Questions,
    private readonly shortage: Shortage,
  ) {}

  @Hears(labelsOf('menu.generate'))
  async begin(@Ctx() context: DraftContext): Promise<void> {
    await this.goTo(context, newDraft(randomUUID()));
  }

  @Action(/^kind:(ugc|ad|own)$/)
  async chooseKind(@Ctx() context: DraftPress): Promise<void> {
    const draft = draftIn(context);
    const stale = stalePress(draft, 'kind');
    await this.conversation.answer(context, stale ?? undefined);
    if (draft && stale === null) await this.goTo(context, withKind(draft, context.match[1] as GenerationKind));
  }

  @Action(/^count:([135])$/)
  async chooseCount(@Ctx() context: DraftPress): Promise<void> {
    const draft = draftIn(context);
    const count = COUNTS.find((each) => String(each) === context.match[1]);
    const stale = stalePress(draft, 'count');
    await this.conversation.answer(context, stale ?? undefined);
    if (!draft?.kind || !count || stale !== null) return;
    const { perVideo, available } = await this.generation.price(context.state.person.tgUserId, draft.kind);
    const missing = perVideo * count - available;
    if (missing > 0) await this.shortage.tell(context, draft, missing);
    else await this.goTo(context, withCount(draft, count));
  }

  @Action(/^back:([0-9a-f-]{36}):(\w+)$/)
  async goBack(@Ctx() context: DraftPress): Promise<void> {
    const draft = draftIn(context);
    const isOwn = draft?.id === context.match[1];
    const stale = isOwn ? stalePress(draft, context.match[2] as Step) : 'press.expired';
    await this.conversation.answer(context, stale ?? undefined);
    if (!draft || stale !== null) return;
    const before = stepBack(draft, randomUUID());
    const drafts = draftsIn(context);
    keepDrafts(context, goingOn(draft.step === 'summary' ? withoutDraft(drafts, draft.id) : drafts, before));
    if (before) await this.questions.ask(context, before);
    else await this.conversation.replyWithMenu(context, this.conversation.say(context, 'menu'));
  }

  /** From whichever step of the draft; what was ordered goes on. */
  @Action(/^cancel:([0-9a-f-]{36})$/)
  async cancel(@Ctx() context: DraftPress): Promise<void> {
    const drafts = draftsIn(context);
    const [, id = ''] = context.match;
    const isCurrent = drafts.current?.id === id;
    const summary = summaryOf(drafts, id);
    if (summary?.step === 'ordered' || (!isCurrent && !summary)) {
      await this.conversation.answer(context, summary ? 'press.ordered' : 'press.expired');
      return;
    }
    keepDrafts(context, withoutDraft(drafts, id));
    await this.conversation.answer(context, isCurrent ? undefined : 'dropped');
    if (isCurrent) await this.conversation.replyWithMenu(context, this.conversation.say(context, 'dropped'));
  }

  private async goTo(context: DraftContext, draft: Draft): Promise<void> {
    keepDraft(context, draft);
    await this.questions.ask(context, draft);
  }
}
