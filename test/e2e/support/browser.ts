import { chromium, type Browser } from 'playwright-core';
import { chromiumPath } from './tools.js';

/** A browser for the tests of a file. */
export function useBrowser(): () => Browser {
  let browser: Browser | undefined;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: chromiumPath(), args: ['--no-sandbox', '--headless=new'] });
  });
  afterAll(() => browser?.close());
  return () => {
    if (!browser) throw new Error('There is no browser yet');
    return browser;
  };
}
