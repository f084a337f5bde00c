import type { BrowserContext, Locator, Page } from 'playwright-core';

import type { Site } from './community.ts';
import { press } from './form-page.ts';

/** What somebody writes into the form of a post; what is left out is left as it is. */
export interface Writing {
  readonly title?: string;
  readonly text?: string;
  readonly tags?: string;
  readonly pictured?: string;
  /** As a browser's field has it, in UTC: `2099-05-01T09:30`; empty for none. */
  readonly comesOut?: string;
  readonly notes?: string;
  readonly cover?: Buffer;
}

/** The form that writes a post, or edits one. */
export function postForm(tab: Page): Locator {
  return tab.locator('form[data-post]');
}

export async function fillPost(tab: Page, writing: Writing): Promise<void> {
  const form = postForm(tab);
  const more = form.locator('details');
  const hasMore = writing.comesOut !== undefined || writing.notes !== undefined;
  if (hasMore && (await more.getAttribute('open')) === null) await more.locator('summary').click();
  for (const [label, value] of [
    ['Title', writing.title],
    ['Text', writing.text],
    ['Tags', writing.tags],
    ['What do we see?', writing.pictured],
    ['Comes out on', writing.comesOut],
    ['What did you change?', writing.notes],
  ] as const)
    if (value !== undefined) await form.getByLabel(label, { exact: true }).fill(value);
  if (writing.cover) {
    const file = { name: 'pot.jpg', mimeType: 'image/jpeg', buffer: writing.cover };
    await form.locator('input[type=file]').setInputFiles(file);
  }
}

/** What the form shows. */
export async function writtenIn(tab: Page): Promise<{ title: string; text: string; tags: string }> {
  const valueOf = (label: string): Promise<string> =>
    postForm(tab).getByLabel(label, { exact: true }).inputValue();
  const [title, text, tags] = await Promise.all([valueOf('Title'), valueOf('Text'), valueOf('Tags')]);
  return { title, text, tags };
}

/** Writes a post, without a script, and gives the path where it stands. */
export async function publish(tab: Page, site: Site, writing: Writing): Promise<string> {
  await tab.goto(`${site.url}/posts/new`);
  await fillPost(tab, writing);
  await press(tab, 'Publish');
  return new URL(tab.url()).pathname;
}

/** Where somebody finds a post: the answer at its own address, and which lists name it. */
export async function placesOf(
  context: BrowserContext,
  site: Site,
  { path, title }: { readonly path: string; readonly title: string },
): Promise<{ status: number; listedAt: string[] }> {
  const lists = ['/', '/feed.atom', `/search?q=${encodeURIComponent(title)}`];
  const read = (url: string) => context.request.get(site.url + url);
  const [own, ...found] = await Promise.all([read(path), ...lists.map(read)]);
  const texts = await Promise.all(found.map((answer) => answer.text()));
  return {
    status: own.status(),
    listedAt: lists.flatMap((list, at) =>
      texts[at]?.includes(path) ? [new URL(list, site.url).pathname] : [],
    ),
  };
}
