import { html } from 'portico/html';
import { greetingName } from './greeting-name.ts';
import { headerText } from './header-text.ts';
import type { MailText } from './mail-templates.ts';

/** A mail before it is text and HTML: plain text throughout, escaped when it is written as HTML. */
export interface MailContent {
  readonly subject: string;
  readonly siteName: string;
  /** As the user gave it. Left out of the greeting if it could pass for a link. */
  readonly name: string | null;
  readonly paragraphs: readonly string[];
  /** What somebody else wrote, line for line. */
  readonly quote?: string;
  /** The one thing to do. `label` is what the button says. */
  readonly button?: { readonly label: string; readonly link: string };
  /** Smaller, after the button: how long the link lasts, what to do if the mail comes as a surprise. */
  readonly remarks: readonly string[];
}

// Inline because many mail programs drop style elements. Where one keeps it, the media query brings the dark colours.
const FONT = 'font-family:system-ui,-apple-system,Segoe UI,Roboto,Helvetica,Arial,sans-serif';
const PAGE = `margin:0;padding:24px 12px;background-color:#f3f4f6;color:#1f2430;${FONT}`;
const CARD = 'max-width:520px;margin:0 auto;padding:32px;border-radius:12px;background-color:#ffffff';
const TEXT = 'margin:0 0 16px;font-size:16px;line-height:1.55;color:#1f2430';
const QUOTE =
  'margin:0 0 16px;padding:2px 0 2px 14px;border-left:3px solid #c9cdd8;font-size:16px;line-height:1.55;color:#1f2430;white-space:pre-wrap;overflow-wrap:anywhere';
const REMARK = 'margin:0 0 10px;font-size:14px;line-height:1.5;color:#5b6170';
const BUTTON =
  'display:inline-block;padding:12px 22px;border-radius:8px;background-color:#2747b8;color:#ffffff;font-size:16px;font-weight:600;text-decoration:none';
const ADDRESS = 'word-break:break-all;color:#5b6170';
const FOOT = 'max-width:520px;margin:16px auto 0;font-size:13px;text-align:center;color:#5b6170';
const DARK =
  '@media (prefers-color-scheme:dark){.page{background-color:#14161c!important}.card{background-color:#1e212a!important}' +
  '.text{color:#eceef3!important}.soft{color:#a9b0bf!important}.button{background-color:#a9bcff!important;color:#10142a!important}}';

/** Writes a mail as text and as HTML, both saying the same. */
export function layOutMail(content: MailContent): MailText {
  const name = greetingName(content.name);
  const greeting = name === undefined ? 'Hello,' : `Hello ${name},`;
  return {
    subject: headerText(content.subject),
    text: asText(content, greeting),
    html: asHtml(content, greeting),
  };
}

function asText(content: MailContent, greeting: string): string {
  const { paragraphs, quote, button, remarks, siteName } = content;
  const action = button ? [`${button.label}:\n${button.link}`] : [];
  const quoted = quote === undefined ? [] : [quote];
  return (
    [greeting, ...paragraphs, ...quoted, ...action, ...remarks, `-- \n${headerText(siteName)}`].join('\n\n') +
    '\n'
  );
}

function asHtml(content: MailContent, greeting: string): string {
  const { subject, paragraphs, quote, button, remarks, siteName } = content;
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${headerText(subject)}</title>
<style>${DARK}</style>
</head>
<body class="page" style="${PAGE}">
<div class="card" style="${CARD}">
${[greeting, ...paragraphs].map((text) => html`<p class="text" style="${TEXT}">${text}</p>\n`)}
${quote !== undefined && html`<div class="text" style="${QUOTE}">${quote}</div>\n`}${button && buttonHtml(button)}
${remarks.map((text) => html`<p class="soft" style="${REMARK}">${text}</p>\n`)}
</div>
<p class="soft" style="${FOOT}">${headerText(siteName)}</p>
</body>
</html>
`;
  return page.toString();
}

function buttonHtml({ label, link }: NonNullable<MailContent['button']>): unknown {
  return html`<p style="margin:24px 0"><a class="button" href="${link}" style="${BUTTON}">${label}</a></p>
<p class="soft" style="${REMARK}">If the button does not work, copy this address into your browser:<br><a class="soft" href="${link}" style="${ADDRESS}">${link}</a></p>`;
}
