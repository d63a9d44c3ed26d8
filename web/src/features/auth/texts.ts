import { defineTexts } from '../../shared/i18n/texts';

export const authTexts = defineTexts(
  {
    title: 'Sign in to Nexus',
    hint: 'This Nexus is open to the network, so it asks who you are.',
    email: 'Email',
    password: 'Password',
    submit: 'Sign in',
    wrong: 'Wrong email or password',
    tooMany: 'Too many attempts. Wait a minute.',
    failed: (reason: string) => `Could not sign in: ${reason}`,
  },
  {
    title: 'Вход в Nexus',
    hint: 'Этот Nexus открыт в сеть, поэтому спрашивает, кто вы.',
    email: 'Почта',
    password: 'Пароль',
    submit: 'Войти',
    wrong: 'Неверная почта или пароль',
    tooMany: 'Слишком много попыток. Подождите минуту.',
    failed: (reason) => `Не удалось войти: ${reason}`,
  },
);
