export interface Choice {
  decision?: 'allow' | 'deny';
  /** Id of a demo account; default: the first on the page. */
  account?: string;
  /** Scopes that stay ticked where they can be unticked; default: all. */
  scopes?: readonly string[];
}

/** Goes through a consent page as a person does. @returns where the browser is sent then, with `code` or `error` */
export async function answerConsent(authorizationUrl: string, choice: Choice = {}): Promise<URL> {
  const page = await fetch(authorizationUrl, { redirect: 'manual' });
  if (page.status !== 200) return returnAddress(page);
  const html = await page.text();
  const { decision = 'allow', account = valuesOf(html, 'account')[0] ?? '', scopes = valuesOf(html, 'scope') } = choice;
  const form = new URLSearchParams({ decision, account });
  for (const scope of scopes) form.append('scope', scope);
  return returnAddress(await fetch(authorizationUrl, { method: 'POST', body: form, redirect: 'manual' }));
}

async function returnAddress(response: Response): Promise<URL> {
  const location = response.headers.get('location');
  if (response.status !== 302 || location === null) {
    throw new Error(`The consent page answered ${response.status}: ${await response.text()}`);
  }
  return new URL(location);
}

const valuesOf = (html: string, name: string): string[] =>
  [...html.matchAll(new RegExp(`name="${name}" value="([^"]*)"`, 'g'))].map(([, value = '']) => value);
