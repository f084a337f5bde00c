import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';

import { makeMember, PASSWORD, type MemberOptions } from '../../examples/community/test/accounts.ts';
import { mailTo as mailToVisitor } from '../../examples/community/test/mailbox.ts';
import { Visitor } from '../../examples/community/test/visitor.ts';
import { openContext } from './browser.ts';
import type { Site } from './community.ts';

export { addressOf, PASSWORD } from '../../examples/community/test/accounts.ts';

type Cookies = Awaited<ReturnType<BrowserContext['storageState']>>;

const cookiesOf = new WeakMap<Site, Map<string, Promise<Cookies>>>();

/** Makes an account as if it had been there for long; nothing happens where there is one. */
export function makeAccount(site: Site, username: string, options: MemberOptions = {}): Promise<void> {
  return makeMember(site.dataFolder, username, options);
}

/** Fills in the form of the login page that a tab shows, and sends it. */
export async function signIn(tab: Page, loginName: string, password: string = PASSWORD): Promise<void> {
  await tab.getByLabel('E-mail or username', { exact: true }).fill(loginName);
  await tab.getByLabel('Password', { exact: true }).fill(password);
  await tab.locator('main').getByRole('button', { name: 'Sign in', exact: true }).click();
}

/**
 * A browser profile of somebody who is signed in. Each member signs in once a site, since logins are counted: whoever signs
 * out here is signed out in all these profiles. Those that must not share it call `signIn`.
 */
export async function openMember(
  browser: Browser,
  site: Site,
  username: string,
  { options, ...account }: MemberOptions & { readonly options?: BrowserContextOptions } = {},
): Promise<BrowserContext> {
  const known = cookiesOf.get(site) ?? new Map<string, Promise<Cookies>>();
  cookiesOf.set(site, known);
  const cookies = known.get(username) ?? login(browser, site, username, account);
  known.set(username, cookies);
  return openContext(browser, { ...options, storageState: await cookies });
}

async function login(
  browser: Browser,
  site: Site,
  username: string,
  account: MemberOptions,
): Promise<Cookies> {
  await makeAccount(site, username, account);
  const context = await openContext(browser, { javaScriptEnabled: false });
  const tab = await context.newPage();
  await tab.goto(`${site.url}/login`);
  await signIn(tab, username);
  await tab.waitForURL(`${site.url}/account`);
  const cookies = await context.storageState();
  await context.close();
  return cookies;
}

/** The link of the newest mail to an address, once it lies in the dev mailbox. */
export async function linkTo(site: Site, address: string, subject: string): Promise<string> {
  const { links } = await mailToVisitor(new Visitor(site.url), address, subject);
  const [link] = links;
  if (link === undefined) throw new Error(`“${subject}” has no link.`);
  return link;
}
