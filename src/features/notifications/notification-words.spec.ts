import { notificationText } from './notification-words.js';

describe('notificationText', () => {
  it('names platforms as people do', () => {
    const { en, ru } = notificationText('credential.invalid', { platform: 'vk_video', accountName: '<Анна> {reason}' });
    expect(en).toContain('VK Video no longer accepts the account «<Анна> {reason}»');
    expect(ru).toContain('VK Видео больше не принимает аккаунт «<Анна> {reason}»');
  });

  it('names quotas in each language, and leaves unknown ones as they are', () => {
    expect(notificationText('quota.reached', { quota: 'storage' }).ru).toContain('место в хранилище');
    expect(notificationText('quota.reached', { quota: 'constructor' }).en).toContain('constructor');
  });

  it('shows where a param was forgotten', () => {
    expect(notificationText('recording.failed', { name: 'Lecture' }).en).toContain('«Lecture» has stopped: {reason}');
  });
});
