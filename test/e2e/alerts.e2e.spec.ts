import type { MessageView } from '../../src/sandbox/world/conversations.js';
import { FakePrograms, RECORDED } from './support/fake-programs.js';
import { OPERATED, Operator, type Download } from './support/operator.js';
import { buttonsOf, type Person } from './support/person.js';
import { useWorld } from './support/world.js';

/** From the cause to the message. */
const TOLD_WITHIN_MS = 60_000;
/** Of one video for each length that circuits tell apart. */
const DURATIONS = [60, 3_600, 600];

interface AlertView {
  state: 'open' | 'resolved';
  count: number;
}

describe('the operator in his chat', () => {
  let programs: FakePrograms;
  let operator: Operator;
  let admin: Person;
  /** What the last one of those was told who wanted a video. */
  let failure: MessageView;
  useWorld(async (created) => {
    await created.startSandbox();
    programs = await FakePrograms.install(created.folder, created.link('/ok.mp4'));
    admin = await created.person();
    const nexus = await created.startNexus({ ...programs.env, ...OPERATED, ADMIN_CHAT_IDS: String(admin.id) });
    operator = await Operator.login(nexus.url);
    await admin.say('/start');
    await admin.hears(/^Send me a link/);

    programs.replay('yt-dlp', { fails: RECORDED.ytDlp403 });
    programs.replay('pytubefix', { fails: RECORDED.pytubefix403 });
    for (const api of ['savenow', 'rapidapi']) await created.control.scriptApi({ api, behaviour: 'keyRefused' });
    for (const durationSec of DURATIONS) {
      programs.replay('yt-dlp', { durationSec });
      const person = await created.person();
      const asked = await person.say(`https://youtu.be/alerts${String(durationSec).padStart(5, '0')}`);
      failure = await asked.status(/Error id/);
    }
  });

  const hears = (words: RegExp) => admin.hears(words, TOLD_WITHIN_MS);
  const heard = async (words: RegExp) => (await admin.messages()).filter(({ text = '' }) => words.test(text)).length;
  const alertOf = async (name: string, subject: string) =>
    (await operator.items<AlertView>(`/alerts?name=${name}&subject=${subject}`))[0];
  const auditOf = (subject: string) => operator.items<{ actor: string; action: string }>(`/audit?subject=${subject}`);

  it('finds what people were shown the id of', async () => {
    const [, errorRef = ''] = /Error id: ([A-Z2-9]{8})$/.exec(failure.text ?? '') ?? [];
    const errors = await operator.items<{ provider: string; type: string; code: string }>(
      `/errors?errorRef=${errorRef}`,
    );
    expect(errors).toContainEqual(expect.objectContaining({ provider: 'yt-dlp', type: 'HARD_KILL', code: 'HTTP_403' }));
    const downloads = await operator.items<Download>(`/downloads?errorRef=${errorRef}`);
    expect(downloads).toMatchObject([{ errorRef, state: 'failed' }]);
  });

  it('hears which providers are down', async () => {
    const { reply_markup: buttons } = await hears(/^🔴 yt-dlp down: 100 % errors$/);
    expect(buttonsOf({ reply_markup: buttons }).map(({ text }) => text)).toEqual([
      '⛔ Disable',
      '▶ End cooldown',
      '⏸ Extend cooldown',
    ]);
    await hears(/^🔴 pytubefix down/);
  });

  it('hears that nobody is left for a platform', async () => {
    await hears(/^🚨 CRITICAL: no working providers for youtube$/i);
  });

  it('switches a provider off by a button, and hears that it is over', async () => {
    const alert = await hears(/^🔴 yt-dlp down/);
    const disable = buttonsOf(alert).find(({ text }) => text.includes('Disable'));
    await admin.press(alert.message_id, disable?.callback_data ?? '');
    await hears(/✔ yt-dlp disabled by Somebody$/);
    expect(await operator.provider('yt-dlp')).toMatchObject({ isActive: false });
    expect(await auditOf('provider:yt-dlp')).toMatchObject([
      {
        actor: `telegram:${admin.id}`,
        action: 'provider.updated',
        before: { isActive: true },
        after: { isActive: false },
      },
    ]);
    await hears(/^🟢 yt-dlp is not down any more$/);
  });

  it('ends a cooldown, and hears that the platform has somebody again', async () => {
    await operator.send('POST', `/circuits/${encodeURIComponent('p:pytubefix:youtube:shorts')}/close`);
    await hears(/^🟢 youtube: providers work again$/i);
    expect(await alertOf('all_providers_down', 'youtube')).toMatchObject({ state: 'resolved' });
  });

  it('has heard once of what was seen again and again', async () => {
    expect((await alertOf('provider_down', 'pytubefix'))?.count).toBeGreaterThan(1);
    expect(await heard(/^🔴 pytubefix down/)).toBe(1);
    expect(await heard(/^🚨.* for youtube$/i)).toBe(1);
  });
});
