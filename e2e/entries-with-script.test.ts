import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { launchBrowser, openContext } from './src/browser.ts';
import { startCommunity, type Site } from './src/community.ts';
import { field } from './src/form-page.ts';
import { fillPost, postForm, writtenIn } from './src/journal.ts';
import { makeAccount, openMember, signIn } from './src/member.ts';
import { watchForScripts } from './src/script-watch.ts';
import { eventually } from './src/wait.ts';

let browser: Browser;
let site: Site;
let context: BrowserContext;
let tab: Page;
let loads: string[];

beforeAll(async () => {
  [browser, site] = await Promise.all([launchBrowser(), startCommunity()]);
});
afterAll(async () => {
  await browser?.close();
  await site?.close();
});
beforeEach(async () => {
  context = await openMember(browser, site, 'ruth');
  tab = await context.newPage();
});
afterEach(() => context.close());

/** Opens a page, once its scripts run; from then on `loads` tells of each page that is loaded. */
async function open(path: string): Promise<void> {
  await tab.goto(site.url + path, { waitUntil: 'load' });
  loads = [];
  tab.on('request', (request) => {
    if (request.isNavigationRequest()) loads.push(`${request.method()} ${new URL(request.url()).pathname}`);
  });
}

const path = (): string => tab.url().slice(site.url.length);
const button = (name: string) => postForm(tab).getByRole('button', { name, exact: true });

async function mayAskServer(): Promise<void> {
  await postForm(tab).evaluate((form: HTMLFormElement) => {
    form.noValidate = true;
  });
}

/** How many of one's own posts have a title. */
async function count(title: string): Promise<number> {
  const answer = await context.request.get(`${site.url}/account/posts`);
  return (await answer.text()).split(`aria-label="Edit: ${title}"`).length - 1;
}

describe('a post, with JavaScript', () => {
  test('is refused beside its fields, without another page, and keeps what was typed', async () => {
    await open('/posts/new');
    await mayAskServer();
    const form = postForm(tab);
    await fillPost(tab, {
      title: '',
      text: 'Kept as typed.',
      tags: 'One, Two',
      cover: Buffer.from('no picture'),
    });
    await button('Publish').click();
    const title = field(form, 'Title');
    await eventually(() => title.isInvalid(), true);
    expect(await title.errors()).toContain('Title cannot be blank.');
    await eventually(() => title.isFocused(), true);
    await fillPost(tab, { title: 'Beside its fields' });
    await button('Publish').click();
    const picture = field(form, 'Picture');
    await eventually(() => picture.isInvalid(), true);
    expect(await picture.errors()).not.toBe('');
    expect(await title.isInvalid()).toBe(false);
    expect(await writtenIn(tab)).toEqual({
      title: 'Beside its fields',
      text: 'Kept as typed.',
      tags: 'One, Two',
    });
    expect([path(), loads]).toEqual(['/posts/new', []]);

    await fillPost(tab, { cover: await tab.screenshot({ type: 'jpeg', quality: 60 }) });
    await button('Publish').click();
    await tab.waitForURL('**/posts/beside-its-fields');
    await tab.getByText('Your post is saved.').waitFor();
    expect(await tab.locator('img.cover').count()).toBe(1);
  });

  test('shows how far its picture is', async () => {
    await open('/posts/new');
    const told: Array<readonly [loaded: number, total: number]> = [];
    await tab.exposeFunction('tell', (loaded: number, total: number) => told.push([loaded, total]));
    await tab.evaluate(() => {
      const bar = document.querySelector<HTMLProgressElement>('[data-portico-progress]');
      const { tell } = globalThis as unknown as { tell(loaded: number, total: number): void };
      // The event comes before the bar moves.
      document.addEventListener('portico:progress', () =>
        queueMicrotask(() => bar && tell(bar.value, bar.max)),
      );
    });
    const cover = await tab.screenshot({ type: 'jpeg', quality: 90 });
    await fillPost(tab, { title: 'With progress', text: 'And a picture.', cover });
    await button('Publish').click();
    await tab.waitForURL('**/posts/with-progress');
    const [loaded = 0, total] = told.at(-1) ?? [];
    expect(loaded).toBe(total);
    expect(loaded).toBeGreaterThan(cover.length);
  });

  test('is one, however often its button is pressed', async () => {
    await open('/posts/new');
    await fillPost(tab, { title: 'Pressed in a hurry', text: 'Click, click, click.' });
    await button('Publish').click({ clickCount: 3 });
    await tab.waitForURL('**/posts/pressed-in-a-hurry');
    await tab.reload();
    await tab.goBack();
    await tab.goForward();
    expect(path()).toBe('/posts/pressed-in-a-hurry');
    expect(await count('Pressed in a hurry')).toBe(1);
  });

  test('is drafted, published and deleted', async () => {
    await open('/posts/new');
    await fillPost(tab, { title: 'Step by step', text: 'One.' });
    await button('Save as draft').click();
    await tab.waitForURL('**/edit');
    await tab.getByText('Your post is saved.').waitFor();
    await fillPost(tab, { text: 'One, two.' });
    await button('Save as draft').click();
    await eventually(async () => (await writtenIn(tab)).text, 'One, two.');
    await eventually(() => tab.getByText('Your post is saved.').count(), 1);
    await fillPost(tab, { comesOut: '2099-05-01T09:30' });
    await button('Publish').click();
    await tab.waitForURL('**/posts/step-by-step');
    expect(await tab.locator('.note').innerText()).toContain('1 May 2099');
    await tab.locator('.ask summary').click();
    await tab.getByRole('button', { name: 'Delete it' }).click();
    await tab.waitForURL('**/account/posts');
    await tab.getByText('The post is deleted.').waitFor();
    expect(await count('Step by step')).toBe(0);
  });

  test('whose session ended meanwhile waits in its form for its author', async () => {
    await makeAccount(site, 'tomasz');
    await context.close();
    context = await openContext(browser);
    tab = await context.newPage();
    await tab.goto(`${site.url}/posts/new`);
    await signIn(tab, 'tomasz');
    await tab.waitForURL('**/posts/new');
    const written = { title: 'Ended meanwhile', text: 'Typed for an hour.', tags: 'Patience' };
    await fillPost(tab, written);
    await context.clearCookies();
    await button('Publish').click();
    await postForm(tab).locator('.banner:not([hidden])').waitFor();
    expect(await writtenIn(tab)).toEqual(written);
    const other = await context.newPage();
    await other.goto(`${site.url}/login`);
    await signIn(other, 'tomasz');
    await other.waitForURL('**/account');
    for (let tries = 0; tries < 2 && path() === '/posts/new'; tries++) {
      await button('Publish').click();
      await Promise.race([
        tab.waitForURL('**/posts/ended-meanwhile'),
        postForm(tab).getByText('Please send it once more.').waitFor(),
      ]);
    }
    await tab.waitForURL('**/posts/ended-meanwhile');
  });
});

describe('what is meant to run as a script', () => {
  const ATTACKS = [
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(2)>',
    '<svg/onload=alert(3)>',
    '[click](javascript:alert(4))',
    '[click](JaVaScRiPt:alert(5))',
    '[click](&#106;avascript:alert(6))',
    '[click](<java\tscript:alert(7)>)',
    '<javascript:alert(8)>',
    '![x](x"onerror="alert(9))',
    '![x](data:text/html,<script>alert(10)</script>)',
    '[click][ref]\n\n[ref]: javascript:alert(11)',
    '[click](data:text/html;base64,PHNjcmlwdD5hbGVydCgxMik8L3NjcmlwdD4=)',
    '`<script>alert(13)</script>`',
    '</textarea><script>alert(14)</script>',
    '[x](https://example.org"onmouseover="alert(15))',
    '<a href="javascript:alert(16)">click</a>',
    '[click](vbscript:alert(17))',
    '&lt;script&gt;alert(18)&lt;/script&gt;',
  ];

  /** What in the feed would run in a reader that shows its texts as HTML. */
  async function feedDangers(): Promise<string[]> {
    const feed = await context.request.get(`${site.url}/feed.atom`);
    return tab.evaluate(
      (text) => {
        const contents = [
          ...new DOMParser().parseFromString(text, 'application/xml').querySelectorAll('content'),
        ];
        const pages = contents.map(({ textContent }) =>
          new DOMParser().parseFromString(textContent ?? '', 'text/html'),
        );
        if (!pages.some((page) => page.body.textContent?.includes('<svg/onload=alert(3)>')))
          return ['the post is not in the feed'];
        return pages.flatMap((page) =>
          [
            ...page.querySelectorAll(
              'script, svg, iframe, [onerror], [onload], [onmouseover], [href^="javascript:" i]',
            ),
          ].map((element) => element.outerHTML),
        );
      },
      await feed.text(),
    );
  }

  test('runs nowhere: not in a text, a title, a tag, a note or what is seen in a picture', async () => {
    const title = '"><img src=x onerror=alert(20)><script>alert(21)</script>';
    const ran = watchForScripts(context);
    await open('/posts/new');
    const cover = await tab.screenshot({ type: 'jpeg', quality: 60 });
    await fillPost(tab, {
      title,
      text: ATTACKS.join('\n\n'),
      tags: '<img src=x onerror=alert(22)>, "><script>alert(23)</script>',
      pictured: '" onload="alert(24)',
      cover,
    });
    await button('Publish').click();
    await tab.getByRole('heading', { level: 1, name: 'onerror' }).waitFor();
    const place = path();
    const edit = (await tab.getByRole('link', { name: 'Edit', exact: true }).getAttribute('href')) ?? '';
    const prose = tab.locator('.article .prose');
    for (const attack of [
      '<script>alert(1)</script>',
      '<img src=x onerror=alert(2)>',
      '<svg/onload=alert(3)>',
    ])
      expect(await prose.innerText()).toContain(attack);
    expect(await prose.locator('script, svg, [onerror], [onmouseover], [onload]').count()).toBe(0);
    const links = await prose
      .locator('a')
      .evaluateAll((all) => all.map((one) => (one as HTMLAnchorElement).protocol));
    expect(links.filter((protocol) => !['http:', 'https:', 'mailto:'].includes(protocol))).toEqual([]);
    for (const link of await prose.getByRole('link', { name: 'click' }).all())
      await link.click({ modifiers: ['Alt'] });
    expect(await tab.locator('img.cover').getAttribute('onload')).toBeNull();

    expect(await feedDangers()).toEqual([]);

    await open(edit);
    expect((await writtenIn(tab)).text).toBe(ATTACKS.join('\n\n'));
    await fillPost(tab, { text: `${ATTACKS[0]} again`, notes: '<img src=x onerror=alert(25)>' });
    await button('Save').click();
    await tab.waitForURL(`**${place}`);
    const tag = (await tab.locator('.tags a').first().getAttribute('href')) ?? '';
    const pages = [
      ...[
        '/',
        '/account/posts',
        '/tags',
        tag,
        '/search?q=onerror',
        '/search?q=%3Cscript%3Ealert(26)%3C%2Fscript%3E',
      ],
      ...[edit, edit.replace('edit', 'revisions'), `${edit.replace('edit', 'revisions')}?revision=1`],
    ];
    for (const page of pages) {
      expect([page, (await tab.goto(site.url + page, { waitUntil: 'load' }))?.status()]).toEqual([page, 200]);
      expect([page, await tab.locator('main [onerror], main [onload], main script').count()]).toEqual([
        page,
        0,
      ]);
    }
    expect(ran()).toEqual([]);
  });
});
