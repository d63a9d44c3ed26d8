import type { Language, PageFault } from './authorization-request.js';

interface ConsentTexts {
  badge: string;
  title: (platform: string) => string;
  notice: (platform: string) => string;
  asks: (client: string, host: string) => string;
  scopes: string;
  granular: string;
  account: string;
  allow: string;
  deny: string;
  fault: string;
  faults: Readonly<Record<PageFault, string>>;
}

export const CONSENT_TEXTS: Readonly<Record<Language, ConsentTexts>> = {
  en: {
    badge: 'Sandbox',
    title: (platform) => `Stand-in of ${platform}`,
    notice: (platform) => `This page stands in for ${platform}. No real account is touched.`,
    asks: (client, host) => `The application “${client}” at ${host} asks for access.`,
    scopes: 'It wants to',
    granular: 'Untick what you do not want to allow.',
    account: 'Continue as',
    allow: 'Allow',
    deny: 'Deny',
    fault: 'This request cannot be answered',
    faults: {
      client: 'The client is not known here. All stand-ins know one: sandbox.',
      redirectUri: 'The redirect_uri is missing, or it is no http(s) address.',
      account: 'There is no such account.',
    },
  },
  ru: {
    badge: 'Песочница',
    title: (platform) => `Замена: ${platform}`,
    notice: (platform) => `Эта страница стоит вместо ${platform}. Настоящие аккаунты не затронуты.`,
    asks: (client, host) => `Приложение «${client}» (${host}) просит доступ.`,
    scopes: 'Что оно хочет делать',
    granular: 'Снимите отметки с того, чего не хотите разрешать.',
    account: 'Продолжить как',
    allow: 'Разрешить',
    deny: 'Отказать',
    fault: 'На этот запрос нельзя ответить',
    faults: {
      client: 'Такой клиент здесь неизвестен. Все замены знают одного: sandbox.',
      redirectUri: 'redirect_uri отсутствует или не является адресом http(s).',
      account: 'Такого аккаунта нет.',
    },
  },
};
