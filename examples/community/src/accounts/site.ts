import { createSite, type Site, type SiteOptions } from '@portico/site';
import { EDIT_HELP, help } from '../content/help.ts';
import { EDIT_POSTS, posts, WRITE_POSTS } from '../content/posts.ts';
import { EDIT_STORIES, stories, TELL_STORIES } from '../content/stories.ts';
import { tags } from '../content/tags.ts';
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
  sections: [posts, tags, help, stories],
  users: {
    allowPublicRegistration: true,
    // The name stands under what a member writes.
    requireFullName: true,
    validateOnPublicRegistration: true,
    fields: userFields,
    defaultGroup: 'members',
    groups: {
      members: { name: 'Members', permissions: [...WRITE_POSTS, ...TELL_STORIES] },
      moderators: {
        name: 'Moderators',
        permissions: [
          ...['viewUsers', 'editUsers', 'moderateUsers', 'administrateUsers'],
          ...[...EDIT_POSTS, ...EDIT_HELP, ...EDIT_STORIES],
        ],
      },
    },
  },
} satisfies SiteOptions;

export type Accounts = Site<typeof options>;

export interface AccountsOptions {
  readonly dataFolder: string;
  /** The public origin, for links in mails. Left out, it is `SITE_URL`, which production must have. */
  readonly siteUrl?: string;
  /** Who gets what visitors write by the contact form. Left out, there is none. */
  readonly contactEmail?: string;
}

/** Accounts by `@portico/site`, in `site.db` of the data folder or where `DATABASE_URL` says. Opens nothing yet. */
export function createAccounts({ dataFolder, siteUrl, contactEmail }: AccountsOptions): Accounts {
  return createSite({
    ...options,
    dataDir: dataFolder,
    ...(siteUrl !== undefined && { siteUrl }),
    ...(contactEmail !== undefined && {
      contactForm: {
        toEmail: contactEmail,
        prependSubject: 'Saltglaze',
        // `message` is one text here.
        allowedMessageFields: [],
        allowAttachments: true,
        successFlashMessage: 'Thank you. Your message is on its way to the studio.',
      },
    }),
  });
}

/** Where the mails of development lie; undefined where they are really sent. */
export function mailboxPath({ pages = {} }: Pick<Accounts, 'pages'>): string | undefined {
  return ['/_portico/mail'].find((path) => path in pages);
}
