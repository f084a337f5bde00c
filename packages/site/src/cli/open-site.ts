import type { MailTransport } from '../mail/mail-transport.ts';
import { resolveSettings, type Environment } from '../resolve-settings.ts';
import type { Services } from '../services.ts';
import { createSite, type Site } from '../site.ts';
import { changeAdmin } from './change-admin.ts';
import { changePassword } from './change-password.ts';
import { createAccount } from './create-account.ts';
import { issueLink } from './issue-link.ts';
import { sendTestMail } from './send-test-mail.ts';
import type { SiteTasks } from './site-tasks.ts';

/**
 * The site of an app, as `loadSite` gives it, else the one that the environment alone describes, which is opened by the first
 * command that needs it.
 */
export function openSite(environment: Environment, own?: Site): SiteTasks {
  let site = own;

  async function services(): Promise<Services> {
    site ??= createSite();
    // A database out of reach is told in other words here than to visitors.
    await site.start();
    return site.services;
  }

  /** A migration makes no links and sends no mail, so it runs where neither is configured. */
  function siteToMigrate(): Site {
    site ??= createSite({
      siteUrl: environment.SITE_URL || 'http://localhost',
      mail: { transport: noMail },
    });
    return site;
  }

  return {
    migrate: (options) => siteToMigrate().migrate(options),
    plan: (options) => siteToMigrate().plan(options),
    createUser: async (account) => createAccount(await services(), account),
    setPassword: async (user, password) => changePassword(await services(), user, password),
    setAdmin: async (user, admin) => changeAdmin(await services(), user, admin),
    issueLink: async (user) => issueLink(await services(), user),
    sendTestMail: (to) =>
      sendTestMail(to, own?.services.settings ?? resolveSettings({}, environment), environment),
    close: async () => site?.close(),
  };
}

const noMail: MailTransport = {
  send: () => Promise.reject(new Error('A migration sends no mail.')),
};
