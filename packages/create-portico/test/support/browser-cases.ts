import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Browser } from 'playwright-core';
import { launchBrowser, openContext } from '../../../../e2e/src/browser.ts';

/** What a project adds where JavaScript runs. */
export function browserCases(origin: () => string): void {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser?.close());

  test('with JavaScript a field is checked as it is left, and the form is sent without leaving the page', async () => {
    const page = await (await openContext(browser)).newPage();
    const complaints: string[] = [];
    page.on('pageerror', ({ message }) => complaints.push(message));
    page.on('console', (line) => line.type() === 'error' && complaints.push(line.text()));
    await page.goto(origin(), { waitUntil: 'networkidle' });
    const navigations: string[] = [];
    page.on('framenavigated', (frame) => navigations.push(frame.url()));

    await page.getByLabel('Your name').fill(' '); // enough for the browser, and not for the schema
    await page.getByLabel('What you want to say').focus();
    await page.getByText('Please tell us your name.').waitFor();
    await page.getByLabel('What you want to say').fill('  x');
    await page.getByRole('button', { name: 'Sign' }).click();
    await page.getByText('A few more words, please.').waitFor();
    expect([navigations, complaints.filter((text) => !/status of 4(00|22)/.test(text))]).toEqual([[], []]);

    await page.getByLabel('Your name').fill('Grace');
    await page.getByLabel('What you want to say').fill('By a script.');
    await page.getByRole('button', { name: 'Sign' }).click();
    await page.getByText('Thank you for your words.').waitFor();
    await page.getByText('By a script.').waitFor();
  });
}
