import { join } from 'node:path';
import type { Clock } from '../../platform/clock/clock.js';
import type { HttpClient } from '../../platform/http/index.js';
import { SandboxState } from '../state/state.js';
import { CallLog } from './call-log.js';
import { Conversations } from './conversations.js';
import { Directory } from './directory.js';
import { EventHub } from './events.js';
import { Faults } from './faults.js';
import { FileStore } from './file-store.js';
import { FloodLimits } from './flood-limits.js';
import { LongPolls } from './long-polls.js';
import { Photos } from './photos.js';
import { UpdateQueue } from './update-queue.js';

/** The simulated Telegram: what bots see through the Bot API and people through the control API. */
export interface World {
  clock: Clock;
  http: HttpClient;
  state: SandboxState;
  directory: Directory;
  conversations: Conversations;
  files: FileStore;
  photos: Photos;
  updates: UpdateQueue;
  polls: LongPolls;
  events: EventHub;
  calls: CallLog;
  faults: Faults;
  flood: FloodLimits;
}

export async function openWorld(folder: string, ffmpegPath: string, clock: Clock, http: HttpClient): Promise<World> {
  const state = new SandboxState(join(folder, 'journal.jsonl'), clock);
  const files = new FileStore(state, join(folder, 'files'));
  await files.prepare();
  const directory = new Directory(state);
  const events = new EventHub(clock.now().getTime());
  const updates = new UpdateQueue(state, clock);
  return {
    clock,
    http,
    state,
    directory,
    conversations: new Conversations(state, directory, files, events, clock),
    files,
    photos: new Photos(files, ffmpegPath),
    updates,
    polls: new LongPolls(updates, clock),
    events,
    calls: new CallLog(events),
    faults: new Faults(),
    flood: new FloodLimits(clock),
  };
}
