import { createHash } from 'node:crypto';
import { escapeHtml as escape } from '../../escape-html.js';
import type { Answer } from '../answer.js';
import type { AuthorizationRequest, ConsentRules, DemoAccount, Language, PageFault } from './authorization-request.js';
import { CONSENT_TEXTS } from './consent-texts.js';

const STYLE = `
:root { color-scheme: light dark; --line: #8884; --accent: #2f6fdf }
body { font: 16px/1.5 system-ui, sans-serif; margin: 0; padding: 2rem 1rem; background: light-dark(#f3f4f6, #16181c) }
main { max-width: 28rem; margin: 0 auto; padding: 1.75rem; border: 1px solid var(--line); border-radius: 14px;
  background: light-dark(#fff, #1f2227) }
h1 { font-size: 1.35rem; line-height: 1.3; margin: .75rem 0 .5rem }
p { margin: .5rem 0 } small, .notice { color: light-dark(#5c6370, #a5adba); font-size: .875rem }
.badge { display: inline-block; padding: .1rem .6rem; border-radius: 99px; font-size: .8rem; font-weight: 600;
  color: #5b3a00; background: #ffd98a }
fieldset { border: 0; margin: 1.25rem 0 0; padding: 0 } legend { font-weight: 600; padding: 0; margin-bottom: .4rem }
label, .scope { display: flex; gap: .7rem; align-items: baseline; padding: .55rem .75rem; margin-top: .4rem;
  border: 1px solid var(--line); border-radius: 9px }
label { cursor: pointer } label:has(:checked) { border-color: var(--accent) }
label span, .scope span { display: flex; flex-direction: column; min-width: 0; overflow-wrap: anywhere }
input { accent-color: var(--accent) }
.actions { display: flex; gap: .75rem; justify-content: flex-end; margin-top: 1.5rem }
button { font: inherit; font-weight: 600; padding: .55rem 1.3rem; border-radius: 9px; cursor: pointer;
  border: 1px solid var(--line); background: none; color: inherit }
button.allow { background: var(--accent); border-color: var(--accent); color: #fff }
button:focus-visible, input:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px }`;

/** No `form-action`: browsers hold it against the redirects that follow, and those lead to the application. */
const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

export function consentPage(rules: ConsentRules, request: AuthorizationRequest, language: Language): Answer {
  const texts = CONSENT_TEXTS[language];
  const asks = texts.asks(request.clientId, new URL(request.redirectUri).host);
  // Without an action the form goes to this very address, with its query.
  return page(200, rules, language, [
    `<p>${escape(asks)}</p>`,
    '<form method="post">',
    scopeFields(rules, request.scopes, language),
    `<fieldset><legend>${escape(texts.account)}</legend>`,
    ...rules.accounts.map(accountField),
    '</fieldset>',
    '<div class="actions">',
    `<button name="decision" value="deny">${escape(texts.deny)}</button>`,
    `<button class="allow" name="decision" value="allow">${escape(texts.allow)}</button>`,
    '</div></form>',
  ]);
}

export function faultPage(rules: ConsentRules, fault: PageFault, language: Language): Answer {
  const { fault: title, faults } = CONSENT_TEXTS[language];
  return page(400, rules, language, [`<p><b>${escape(title)}</b></p>`, `<p>${escape(faults[fault])}</p>`]);
}

function scopeFields(rules: ConsentRules, scopes: readonly string[], language: Language): string {
  const texts = CONSENT_TEXTS[language];
  const fields = scopes.map((scope) => {
    const words = rules.scopeTexts[scope]?.[language];
    const what = words === undefined ? escape(scope) : `${escape(words)}<small>${escape(scope)}</small>`;
    return rules.isGranular
      ? `<label><input type="checkbox" name="scope" value="${escape(scope)}" checked><span>${what}</span></label>`
      : `<div class="scope"><span>${what}</span></div>`;
  });
  const hint = rules.isGranular ? `<p><small>${escape(texts.granular)}</small></p>` : '';
  return `<fieldset><legend>${escape(texts.scopes)}</legend>${fields.join('\n')}${hint}</fieldset>`;
}

const accountField = ({ id, name, detail }: DemoAccount, index: number): string =>
  `<label><input type="radio" name="account" value="${escape(id)}"${index === 0 ? ' checked' : ''}>` +
  `<span>${escape(name)}<small>${escape(detail)}</small></span></label>`;

function page(status: number, { title }: ConsentRules, language: Language, content: readonly string[]): Answer {
  const texts = CONSENT_TEXTS[language];
  const body = `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(texts.title(title))}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<span class="badge">${escape(texts.badge)}</span>
<h1>${escape(texts.title(title))}</h1>
<p class="notice">${escape(texts.notice(title))}</p>
${content.join('\n')}
</main>
</body>
</html>
`;
  const headers = {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': POLICY,
    'cache-control': 'no-store',
    vary: 'accept-language',
  };
  return { status, headers, body };
}
