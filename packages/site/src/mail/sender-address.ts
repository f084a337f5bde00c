import type { Settings } from '../config.ts';
import { headerText } from './header-text.ts';

/** The `From` of all mails: the setting `mail.from`, else `no-reply@` the host of the site, under the site's name. */
export function senderAddress(settings: Pick<Settings, 'siteName' | 'siteUrl' | 'mail'>): string {
  if (settings.mail.from !== undefined) return headerText(settings.mail.from);
  const name = headerText(settings.siteName).replace(/["\\]/g, '\\$&');
  return `"${name}" <no-reply@${mailHost(settings.siteUrl)}>`;
}

/** The host of the site as it stands after an `@`. */
export function mailHost(siteUrl: string): string {
  return new URL(siteUrl).hostname;
}
