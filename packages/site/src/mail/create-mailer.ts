import type { Settings } from '../config.ts';
import { defaultTemplates } from './default-templates.ts';
import { headerText } from './header-text.ts';
import type { Mailer } from './mailer.ts';
import type { MailTemplates, MailText } from './mail-templates.ts';

export interface MailerOptions {
  readonly settings: Pick<Settings, 'siteName' | 'siteUrl' | 'mail'>;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Has the outbox looked at: `OutboxSender.wake`. */
  readonly wake: () => void;
}

/**
 * Writes mails by the app's templates, else by ours, into the outbox it is handed. Rejects, and so rolls back the change the
 * mail tells of, if a template throws or a link leads to another site than the configured one (CVE-2022-29933).
 */
export function createMailer({ settings, now, wake }: MailerOptions): Mailer {
  const { siteName, siteUrl } = settings;
  const { origin } = new URL(siteUrl);
  const templates: MailTemplates = { ...defaultTemplates, ...given(settings.mail.templates) };

  return {
    async enqueue(outbox, key, to, variables, { replyTo, attachments = [] } = {}) {
      const link = 'link' in variables ? variables.link : undefined;
      if (link !== undefined) refuseForeignLink(key, link, origin);
      const { subject, text, html } = render(templates, key, { ...variables, siteName, siteUrl });
      const message = {
        to: headerText(to),
        subject: headerText(subject),
        text,
        html: String(html),
        ...(replyTo !== undefined && { replyTo: headerText(replyTo) }),
        ...(attachments.length > 0 && { attachments }),
      };
      await outbox.enqueue({ key, message }, now());
    },
    wake,
  };
}

/** `{ forgot_password: undefined }` means ours, not none. */
function given(templates: Partial<MailTemplates>): Partial<MailTemplates> {
  return Object.fromEntries(Object.entries(templates).filter(([, template]) => template !== undefined));
}

function refuseForeignLink(key: string, link: unknown, origin: string): void {
  if (typeof link === 'string' && URL.canParse(link) && new URL(link).origin === origin) return;
  throw new Error(
    `The link of the mail ${key} does not lead to ${origin}. Links in mails are made of the setting siteUrl alone.`,
  );
}

function render(templates: MailTemplates, key: keyof MailTemplates, variables: object): MailText {
  const template = templates[key] as (variables: object) => MailText;
  try {
    return template(variables);
  } catch (cause) {
    throw new Error(`The mail template ${key} failed.`, { cause });
  }
}
