import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { auditPage } from './page-audit.ts';

/** What pages are looked at in, without JavaScript. */
export const APPEARANCES = [
  { colorScheme: 'light', width: 1280 },
  { colorScheme: 'light', width: 360 },
  { colorScheme: 'dark', width: 1280 },
  { colorScheme: 'dark', width: 360 },
] as const;

export type Appearance = (typeof APPEARANCES)[number];

export function optionsOf({ colorScheme, width }: Appearance): BrowserContextOptions {
  return { colorScheme, viewport: { width, height: 800 }, javaScriptEnabled: false };
}

// A folder for pictures to look at: SCREENSHOTS=shots npm run test:browser -- e2e/content-pages
const shots = process.env['SCREENSHOTS'];

/** What is wrong with the page as it stands, each with its name. */
export async function auditAppearance(tab: Page, name: string, appearance: Appearance): Promise<string[]> {
  if (shots) {
    await mkdir(shots, { recursive: true });
    const picture = `${name}-${appearance.colorScheme}-${appearance.width}.png`;
    await tab.screenshot({ path: join(shots, picture), fullPage: true });
  }
  return (await auditPage(tab)).map((fault) => `${name}: ${fault}`);
}
