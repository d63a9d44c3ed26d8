import type { Request } from 'express';

const TEXTS = {
  en: {
    title: 'The job queues are closed',
    hint: 'Sign in as an administrator and choose “Job queues” in the menu of your account. They stay open for 10 minutes.',
    link: 'To Nexus',
  },
  ru: {
    title: 'Очереди заданий закрыты',
    hint: 'Войдите как администратор и выберите «Очереди заданий» в меню учётной записи. Они открываются на 10 минут.',
    link: 'В Nexus',
  },
};

/** What stands in the place of the dashboard for whom it is not open. */
export function queuesClosedPage(request: Request): string {
  const language = request.acceptsLanguages(['en', 'ru']) === 'ru' ? 'ru' : 'en';
  const { title, hint, link } = TEXTS[language];
  return `<!doctype html>
<html lang="${language}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · Nexus</title>
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:26rem;margin:20vh auto;padding:0 1.25rem}h1{font-size:1.3rem}</style>
<h1>${title}</h1>
<p>${hint}</p>
<p><a href="/connections">${link}</a></p>
</html>
`;
}
