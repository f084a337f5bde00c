import type { MailTransport } from '../mail/mail-transport.ts';
import type { Environment } from '../resolve-settings.ts';
import type { Services } from '../services.ts';
import { createSite, type Site } from '../site.ts';
import { changePassword } from './change-password.ts';
import { createAccount } from './create-account.ts';
import { sendTestMail } from './send-test-mail.ts';
import type { SiteTasks } from './site-tasks.ts';

/** The site that the environment describes, opened by the first command that needs it. */
export function openSite(environment: Environment): SiteTasks {
  let site: Site | undefined;
  const services = (): Services => (site ??= createSite()).services;

  return {
    async migrate() {
      // A migration makes no links and sends no mail, so it runs where neither is configured.
      site ??= createSite({
        siteUrl: environment.SITE_URL || 'http://localhost',
        mail: { transport: noMail },
      });
      await site.migrate();
    },
    createUser: async (account) => createAccount(services(), account),
    setPassword: async (user, password) => changePassword(services(), user, password),
    sendTestMail: (to) => sendTestMail(to, environment),
    close: async () => site?.close(),
  };
}

const noMail: MailTransport = {
  send: () => Promise.reject(new Error('A migration sends no mail.')),
};
