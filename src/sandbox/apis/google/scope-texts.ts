import type { ConsentRules } from '../oauth/authorization-request.js';

const SCOPE = 'https://www.googleapis.com/auth/';

export const SCOPE_TEXTS: ConsentRules['scopeTexts'] = {
  [`${SCOPE}youtube`]: { en: 'Manage your YouTube account', ru: 'Управлять вашим аккаунтом YouTube' },
  [`${SCOPE}youtube.force-ssl`]: {
    en: 'See, edit and delete your YouTube videos, comments and captions',
    ru: 'Смотреть, менять и удалять ваши видео, комментарии и субтитры на YouTube',
  },
  [`${SCOPE}youtube.readonly`]: { en: 'View your YouTube account', ru: 'Видеть ваш аккаунт YouTube' },
  [`${SCOPE}youtube.upload`]: { en: 'Upload videos to your channel', ru: 'Загружать видео на ваш канал' },
  [`${SCOPE}drive`]: { en: 'See, edit and delete all your files', ru: 'Смотреть, менять и удалять все ваши файлы' },
  [`${SCOPE}drive.file`]: {
    en: 'See and edit files that you use with this application',
    ru: 'Смотреть и менять файлы, которые вы открыли этим приложением',
  },
  [`${SCOPE}drive.readonly`]: { en: 'See all your files', ru: 'Смотреть все ваши файлы' },
};
