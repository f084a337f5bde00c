import type { BrowserContext } from 'playwright-core';

/**
 * Watches all pages of a browser profile that are opened from now on. The function it returns tells, a line each, of dialogs,
 * of scripts that broke, and of what the Content-Security-Policy stopped: where somebody else's text is nothing but text
 * there is none of these.
 */
export function watchForScripts(context: BrowserContext): () => string[] {
  const seen: string[] = [];
  for (const page of context.pages()) watch(page);
  context.on('page', watch);
  return () => seen;

  function watch(page: ReturnType<BrowserContext['pages']>[number]): void {
    page.on('dialog', (dialog) => {
      seen.push(`${page.url()}: dialog ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on('pageerror', (error) => seen.push(`${page.url()}: ${error.message}`));
    page.on('console', (line) => {
      if (/Content.Security.Policy/i.test(line.text())) seen.push(`${page.url()}: ${line.text()}`);
    });
  }
}
