import { createSite, type Site, type SiteOptions } from '@portico/site';
import { userFields } from './user-fields.ts';

const options = {
  siteName: 'Saltglaze',
  // Paths in lower case and without slashes around them. All of these are pages of ours; see `pages/`.
  loginPath: 'login',
  setPasswordRequestPath: 'forgot-password',
  postLoginRedirect: 'account',
  setPasswordSuccessPath: 'login',
  activateAccountSuccessPath: 'account',
  verifyEmailSuccessPath: 'account/security',
  autoLoginAfterAccountActivation: true,
  defaultCountryCode: 'GB',
  users: {
    allowPublicRegistration: true,
    // The name stands under what a member writes.
    requireFullName: true,
    validateOnPublicRegistration: true,
    fields: userFields,
    groups: {
      moderators: {
        name: 'Moderators',
        permissions: ['viewUsers', 'editUsers', 'moderateUsers', 'administrateUsers'],
      },
    },
  },
} satisfies SiteOptions;

export type Accounts = Site<typeof options>;

export interface AccountsOptions {
  readonly dataFolder: string;
  /** The public origin, for links in mails. Left out, it is `SITE_URL`, which production must have. */
  readonly siteUrl?: string;
}

/** Accounts by `@portico/site`, in `site.db` of the data folder or where `DATABASE_URL` says. Opens nothing yet. */
export function createAccounts({ dataFolder, siteUrl }: AccountsOptions): Accounts {
  return createSite({ ...options, dataDir: dataFolder, ...(siteUrl !== undefined && { siteUrl }) });
}

/** Where the mails of development lie; undefined where they are really sent. */
export function mailboxPath({ pages = {} }: Pick<Accounts, 'pages'>): string | undefined {
  return ['/_portico/mail'].find((path) => path in pages);
}
