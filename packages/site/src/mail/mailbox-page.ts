import { html, raw } from 'portico/html';
import type { DevMail } from './dev-mail.ts';
import type { DevMailbox } from './dev-mailbox.ts';
import { mayReadMailbox } from './mailbox-access.ts';
import { MAILBOX_STYLE } from './mailbox-style.ts';

/** Who asks. A `PorticoContext` is one. */
export interface MailboxRequest {
  readonly request: Request;
  /** `undefined` where the host cannot know. */
  readonly clientAddress: string | undefined;
}

export interface MailboxAccess {
  /** Whether others than this machine may read. Default: `NODE_ENV` is `development` or `test`. */
  readonly dev?: boolean;
  /** The site's own URL: the mailbox is shown under its name, too, beside localhost and plain addresses. */
  readonly siteUrl?: string;
}

const HEADERS = {
  'cache-control': 'no-store',
  // The mail in its frame inherits this. Its styles are inline; nothing of it is loaded, and no script of it runs.
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  vary: 'Accept',
};

/**
 * The dev mailbox: a list, one mail by `?id=`, or all as JSON for `Accept: application/json`, newest first. 404 for
 * whoever may not read it: anybody but this machine, unless in dev mode.
 */
export async function mailboxPage(
  mailbox: DevMailbox,
  { request, clientAddress }: MailboxRequest,
  { dev = isDev(), siteUrl = 'http://localhost' }: MailboxAccess = {},
): Promise<Response> {
  const url = new URL(request.url);
  const isForwarded = ['forwarded', 'x-forwarded-for', 'x-real-ip'].some((name) => request.headers.has(name));
  const siteHost = new URL(siteUrl).hostname;
  if (!mayReadMailbox({ clientAddress, dev, hostname: url.hostname, siteHost, isForwarded })) {
    return page(404, 'Not found', html`<p>There is no such page.</p>`);
  }
  const mails = await mailbox.list();
  if (/\bapplication\/json\b/i.test(request.headers.get('accept') ?? '')) {
    return Response.json(mails.map(publicMail), { headers: HEADERS });
  }
  const id = url.searchParams.get('id');
  if (id === null) return page(200, 'Mailbox', list(mails));
  const mail = mails.find((candidate) => candidate.id === id);
  if (mail) return page(200, mail.subject, message(mail));
  return page(
    404,
    'No such mail',
    html`<p>This mail is gone: the mailbox keeps the last hundred.</p>${back}`,
  );
}

function isDev(): boolean {
  return ['development', 'test'].includes(process.env['NODE_ENV'] ?? '');
}

function publicMail(mail: DevMail): Omit<DevMail, 'from'> {
  const { id, to, subject, text, html, links, date, attachments } = mail;
  return { id, to, subject, text, html, links, date, ...(attachments && { attachments }) };
}

const back = html`<p><a href="?">All mails</a></p>`;

function list(mails: readonly DevMail[]): unknown {
  if (mails.length === 0) {
    return html`<p>No mail yet. What the site sends lands here, since there is no <code>SMTP_URL</code>.</p>`;
  }
  return html`<ul>${mails.map(
    ({ id, to, subject, date }) =>
      html`<li><a href="?id=${encodeURIComponent(id)}"><b>${subject}</b></a><span>${to}</span>${time(date)}</li>`,
  )}</ul>`;
}

function message({ to, from, text, html: markup, links, date, attachments = [] }: DevMail): unknown {
  return html`${back}
<dl><dt>To</dt><dd>${to}</dd><dt>From</dt><dd>${from}</dd><dt>Sent</dt><dd>${time(date)}</dd>${attachments.map(
    ({ filename, mediaType, bytes }) =>
      html`<dt>Attachment</dt><dd>${filename} (${mediaType}, ${bytes} bytes)</dd>`,
  )}</dl>
${
  links.length > 0 &&
  html`<h2>Links</h2><ol>${links.map((link) => html`<li><a href="${link}">${link}</a></li>`)}</ol>`
}
<h2>As HTML</h2><iframe title="The mail as HTML" sandbox="" srcdoc="${markup}"></iframe>
<h2>As text</h2><pre>${text}</pre>`;
}

function time(date: string): unknown {
  return html`<time datetime="${date}">${date.replace('T', ' ').replace(/\.\d+Z$/, ' UTC')}</time>`;
}

function page(status: number, title: string, body: unknown): Response {
  const markup = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${raw(MAILBOX_STYLE)}</style>
</head>
<body><main><h1>${title}</h1>${body}</main></body>
</html>
`;
  return new Response(markup.toString(), {
    status,
    headers: { ...HEADERS, 'content-type': 'text/html; charset=utf-8' },
  });
}
