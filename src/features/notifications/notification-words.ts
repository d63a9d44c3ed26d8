import type { NotificationEvent, NotificationParams } from './notification-events.js';

export interface BothLanguages {
  en: string;
  ru: string;
}

/** What an owner is told, and what he can do about it. `{name}` stands for a param of whoever tells. */
export const NOTIFICATION_WORDS: Record<NotificationEvent, BothLanguages> = {
  'recording.ready': {
    en: '✅ «{name}» is ready. Open it in the panel to watch or share it.',
    ru: '✅ Запись «{name}» готова. Откройте её в панели, чтобы посмотреть или поделиться.',
  },
  'recording.failed': {
    en: '⚠️ «{name}» has stopped: {reason}. Open it in the panel and start the failed step again.',
    ru: '⚠️ Запись «{name}» остановилась: {reason}. Откройте её в панели и запустите неудавшийся шаг ещё раз.',
  },
  'approval.requested': {
    en: '👀 «{name}» is ready for {platform} and waits for you. Approve or decline it in the panel.',
    ru: '👀 Запись «{name}» готова к отправке на {platform} и ждёт вас. Одобрите её или отклоните в панели.',
  },
  'credential.invalid': {
    en: '🔑 {platform} no longer accepts the account «{accountName}». Connect it again in the panel, under Connections.',
    ru: '🔑 {platform} больше не принимает аккаунт «{accountName}». Подключите его заново в панели, раздел «Подключения».',
  },
  'automation.report': {
    en: '🤖 «{name}» has run: {newRecordings} new recordings, {matchedRecordings} taken up. The panel shows which.',
    ru: '🤖 Задание «{name}» выполнено: новых записей {newRecordings}, взято в работу {matchedRecordings}. Какие именно, видно в панели.',
  },
  'quota.reached': {
    en: '📈 Your quota is used up: {quota}. Delete what you do not need, or ask the administrator for more.',
    ru: '📈 Квота исчерпана: {quota}. Удалите ненужное или попросите администратора её увеличить.',
  },
};

const same = (name: string): BothLanguages => ({ en: name, ru: name });

/** Params that are codes, and what people call them. A code that is not here is shown as it is. */
const NAMES: Record<string, Record<string, BothLanguages | undefined>> = {
  platform: {
    zoom: same('Zoom'),
    youtube: same('YouTube'),
    vk_video: { en: 'VK Video', ru: 'VK Видео' },
    yandex_disk: { en: 'Yandex Disk', ru: 'Яндекс Диск' },
    google_drive: same('Google Drive'),
    dropbox: same('Dropbox'),
    telegram: same('Telegram'),
    rutube: same('Rutube'),
  },
  quota: {
    recordings: { en: 'recordings of the month', ru: 'записи за месяц' },
    storage: { en: 'storage', ru: 'место в хранилище' },
    automationJobs: { en: 'automation jobs', ru: 'задания автоматизации' },
  },
};

/** Params as the words of a language take them. */
export function wordVariables(params: NotificationParams, language: keyof BothLanguages): NotificationParams {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, NAMES[name]?.[value]?.[language] ?? value]),
  );
}

/** What a notification says, as plain text. A param that is missing leaves its place visible. */
export function notificationText(event: NotificationEvent, params: NotificationParams): BothLanguages {
  const words = NOTIFICATION_WORDS[event];
  const inLanguage = (language: keyof BothLanguages) => {
    const variables = wordVariables(params, language);
    return words[language].replace(/\{(\w+)\}/g, (place, name: string) => String(variables[name] ?? place));
  };
  return { en: inLanguage('en'), ru: inLanguage('ru') };
}
