import type { BotContext } from '../../../telegram/index.js';
import type { Draft } from './draft.js';
import { goingOn, NO_DRAFTS, type Drafts } from './drafts.js';

/** What the conversation keeps in its session. */
interface Memory {
  drafts?: Drafts;
  /** As they were before the update that changed them last. */
  before?: { updateId: number; drafts: Drafts };
}

export interface DraftContext extends BotContext {
  session: Memory;
}

export type DraftPress = DraftContext & { match: RegExpExecArray };

/**
 * The drafts that this person has in this chat. The session is written before the transaction of the update ends: an
 * update that is handled again, after a failure in between, finds them as it found them the first time.
 */
export function draftsIn({ session, update }: DraftContext): Drafts {
  if (session.before?.updateId === update.update_id) return session.before.drafts;
  return session.drafts ?? NO_DRAFTS;
}

/** Once in an update. */
export function keepDrafts(context: DraftContext, drafts: Drafts): void {
  context.session = { drafts, before: { updateId: context.update.update_id, drafts: draftsIn(context) } };
}

export function draftIn(context: DraftContext): Draft | null {
  return draftsIn(context).current;
}

/** Goes on with a draft, or with none. */
export function keepDraft(context: DraftContext, draft: Draft | null): void {
  keepDrafts(context, goingOn(draftsIn(context), draft));
}
