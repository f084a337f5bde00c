import type { Stores } from '../../database.ts';
import type { MailTemplates } from '../../mail/mail-templates.ts';
import type { Services } from '../../services.ts';
import { friendlyName } from '../user-view.ts';
import type { User } from '../user.ts';
import type { CodePurpose } from './verification-code-store.ts';
import { codeLink, issueCode } from './verification.ts';

export type MailingServices = Pick<Services, 'settings' | 'now' | 'mailer'>;
type MailingStores = Pick<Stores, 'codes' | 'outbox'>;

export interface CodeMail {
  readonly key: Exclude<keyof MailTemplates, 'account_changed' | 'test_email'>;
  readonly purpose: CodePurpose;
  /** Default: the user's address. */
  readonly to?: string;
}

/** Mails a user a link with a new code, which takes the place of any other. Wake the mailer after the transaction. */
export async function mailCode(
  services: MailingServices,
  stores: MailingStores,
  user: User,
  { key, purpose, to = user.email }: CodeMail,
): Promise<void> {
  const code = await issueCode(services, stores, user, purpose);
  await services.mailer.enqueue(stores.outbox, key, to, {
    user: readerOf(user, to),
    link: codeLink(services, purpose, user, code),
    expiresIn: services.settings.verificationCodeDuration,
  });
}

/**
 * Mails a user the link that activates the account: to confirm the address, or to set a password where there is none.
 * Whether the account may be activated is for `transition` to say first.
 */
export async function issueActivation(
  services: MailingServices,
  stores: MailingStores,
  user: User,
): Promise<void> {
  await mailCode(services, stores, user, { key: 'account_activation', purpose: 'activate' });
}

/** Tells a user what was changed, at the address that was on file before. Its link holds no code. */
export async function mailNotice(
  { settings, mailer }: MailingServices,
  stores: Pick<Stores, 'outbox'>,
  user: User,
  change: 'email' | 'password',
): Promise<void> {
  await mailer.enqueue(stores.outbox, 'account_changed', user.email, {
    user: readerOf(user, user.email),
    link: `${settings.siteUrl}/`,
    expiresIn: settings.verificationCodeDuration,
    change,
  });
}

function readerOf(user: User, email: string): Parameters<MailTemplates['verify_new_email']>[0]['user'] {
  return { email, username: user.username, friendlyName: friendlyName(user) };
}
