import type { Clock } from '../../platform/clock/clock.js';
import { Journal, type Table } from './journal.js';
import type {
  BotRecord,
  CallbackRecord,
  DialogRecord,
  FileRecord,
  GroupRecord,
  KieAccount,
  KieCallback,
  KieTask,
  KieUpload,
  MessageRecord,
  OAuthCode,
  OAuthConsent,
  OAuthToken,
  SavenowJob,
  SettingsRecord,
  UpdateRecord,
  UserRecord,
} from './records.js';

/** Telegram keeps updates and the right to answer a press no longer than this. */
const KEPT_MS = 24 * 60 * 60 * 1000;

const DEFAULT_SETTINGS: SettingsRecord = {
  enforceFlood: false,
  uploadLimitMb: 2000,
  local: false,
  webhookRetryMs: 1000,
};

const FIRST_USERS: UserRecord[] = [
  { id: 1001, firstName: 'Anna', username: 'anna_sandbox', languageCode: 'ru' },
  { id: 1002, firstName: 'John', username: 'john_sandbox', languageCode: 'en' },
];

/** Everything that outlives the process. */
export class SandboxState {
  readonly bots: Table<BotRecord>;
  readonly users: Table<UserRecord>;
  readonly groups: Table<GroupRecord>;
  readonly dialogs: Table<DialogRecord>;
  readonly messages: Table<MessageRecord>;
  readonly updates: Table<UpdateRecord>;
  readonly files: Table<FileRecord>;
  readonly callbacks: Table<CallbackRecord>;
  readonly savenowJobs: Table<SavenowJob>;
  readonly kieTasks: Table<KieTask>;
  readonly kieCallbacks: Table<KieCallback>;
  readonly kieAccounts: Table<KieAccount>;
  readonly kieUploads: Table<KieUpload>;
  /** How often a script has struck a job: the key is both. */
  readonly kieStrikes: Table<number>;
  /** What callbacks are signed with; its key is `all`. */
  readonly kieWebhookKey: Table<string>;
  readonly oauthCodes: Table<OAuthCode>;
  readonly oauthTokens: Table<OAuthToken>;
  readonly oauthConsents: Table<OAuthConsent>;
  /** Bots' tokens that are answered 401. */
  readonly revokedTokens: Table<true>;
  private readonly counters: Table<number>;
  private readonly settingsTable: Table<SettingsRecord>;
  private readonly journal: Journal;

  constructor(path: string, clock: Clock) {
    this.journal = new Journal(path);
    this.bots = this.journal.table('bots');
    this.users = this.journal.table('users');
    this.groups = this.journal.table('groups');
    this.dialogs = this.journal.table('dialogs');
    this.messages = this.journal.table('messages');
    this.updates = this.journal.table('updates');
    this.files = this.journal.table('files');
    this.callbacks = this.journal.table('callbacks');
    this.savenowJobs = this.journal.table('savenowJobs');
    this.kieTasks = this.journal.table('kieTasks');
    this.kieCallbacks = this.journal.table('kieCallbacks');
    this.kieAccounts = this.journal.table('kieAccounts');
    this.kieUploads = this.journal.table('kieUploads');
    this.kieStrikes = this.journal.table('kieStrikes');
    this.kieWebhookKey = this.journal.table('kieWebhookKey');
    this.oauthCodes = this.journal.table('oauthCodes');
    this.oauthTokens = this.journal.table('oauthTokens');
    this.oauthConsents = this.journal.table('oauthConsents');
    this.revokedTokens = this.journal.table('revokedTokens');
    this.counters = this.journal.table('counters');
    this.settingsTable = this.journal.table('settings');
    this.forgetBefore(clock.now().getTime() - KEPT_MS);
    if (this.users.all().length === 0) for (const user of FIRST_USERS) this.users.put(user.id, user);
  }

  get settings(): SettingsRecord {
    return { ...DEFAULT_SETTINGS, ...this.settingsTable.get('all') };
  }

  changeSettings(change: Partial<SettingsRecord>): SettingsRecord {
    return this.settingsTable.put('all', { ...this.settings, ...change });
  }

  /** The next of a series that never repeats, also over restarts. */
  nextNumber(series: string, first = 1): number {
    return this.counters.put(series, Math.max((this.counters.get(series) ?? 0) + 1, first));
  }

  /** Makes the series go on after `number`. */
  passNumber(series: string, number: number): void {
    if (number > (this.counters.get(series) ?? 0)) this.counters.put(series, number);
  }

  close(): void {
    this.journal.close();
  }

  private forgetBefore(limit: number): void {
    for (const update of this.updates.all()) if (update.createdAt < limit) this.updates.remove(update.seq);
    for (const callback of this.callbacks.all()) if (callback.createdAt < limit) this.callbacks.remove(callback.id);
    for (const job of this.savenowJobs.all()) if (job.createdAt < limit) this.savenowJobs.remove(job.id);
    for (const task of this.kieTasks.all()) if (task.createdAt < limit) this.kieTasks.remove(task.id);
    for (const upload of this.kieUploads.all()) if (upload.createdAt < limit) this.kieUploads.remove(upload.key);
    for (const code of this.oauthCodes.all()) if (code.expiresAt < limit) this.oauthCodes.remove(code.code);
    for (const { token, expiresAt } of this.oauthTokens.all()) {
      if (expiresAt !== null && expiresAt < limit) this.oauthTokens.remove(token);
    }
  }
}
