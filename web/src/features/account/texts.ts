import { defineTexts } from '../../shared/i18n/texts';

export const accountTexts = defineTexts(
  {
    menu: 'Your account',
    queues: 'Job queues',
    signOut: 'Sign out',
    failed: (reason: string) => `That did not work: ${reason}`,
    deletion: {
      open: 'Delete the account',
      title: 'Delete the account?',
      intro: (email: string) => `With ${email} go, at once and for good:`,
      what: [
        'your recordings, transcripts and all other files',
        'connected accounts and their tokens',
        'templates, schedules, settings and notifications',
      ],
      rest: 'What was published on YouTube, VK and elsewhere stays there.',
      password: 'Your password',
      wrong: 'The password is wrong',
      lastAdmin: 'You are the only administrator. Make another one first.',
      cancel: 'Keep it',
      submit: 'Delete for good',
      done: 'The account is deleted',
    },
  },
  {
    menu: 'Ваша учётная запись',
    queues: 'Очереди заданий',
    signOut: 'Выйти',
    failed: (reason) => `Не получилось: ${reason}`,
    deletion: {
      open: 'Удалить учётную запись',
      title: 'Удалить учётную запись?',
      intro: (email) => `Вместе с ${email} сразу и навсегда исчезнут:`,
      what: [
        'ваши записи, расшифровки и все остальные файлы',
        'подключённые аккаунты и их токены',
        'шаблоны, расписания, настройки и уведомления',
      ],
      rest: 'Опубликованное на YouTube, в VK и на других площадках останется там.',
      password: 'Ваш пароль',
      wrong: 'Неверный пароль',
      lastAdmin: 'Вы единственный администратор. Сначала назначьте другого.',
      cancel: 'Оставить',
      submit: 'Удалить навсегда',
      done: 'Учётная запись удалена',
    },
  },
);
