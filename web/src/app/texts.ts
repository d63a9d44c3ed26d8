import { defineTexts } from '../shared/i18n/texts';

export const appTexts = defineTexts(
  {
    notFound: 'There is no such page',
    home: 'To the sandbox',
    crashed: 'The page broke',
    crashedHint: 'This is a fault of the page, not yours. Reloading usually helps.',
    reload: 'Reload',
  },
  {
    notFound: 'Такой страницы нет',
    home: 'В песочницу',
    crashed: 'Страница сломалась',
    crashedHint: 'Это её ошибка, не ваша. Обычно помогает перезагрузка.',
    reload: 'Перезагрузить',
  },
);
