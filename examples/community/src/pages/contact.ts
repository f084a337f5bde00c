import type { Context } from 'hono';
import { html } from 'hono/html';
import type { PorticoEnv } from 'portico/hono';
import { attributes, form, hiddenInputs } from 'portico/html';
import { publicName } from '../accounts/public-name.ts';
import { errorBanner } from '../components/error-banner.ts';
import { field } from '../components/field.ts';
import { mailboxHint } from '../components/mailbox-hint.ts';
import { layout } from '../layout.ts';

const HERE = '/contact';

/** GET /contact: a mail to the studio. */
export function contactPage(c: Context<PorticoEnv>): Response | Promise<Response> {
  const ctx = c.var.portico;
  const { actions, services } = ctx.locals.accounts;
  const message = form(ctx, actions.contactForm.send, {
    id: 'contact',
    values: ctx.user
      ? { fromName: ctx.user.fullName ?? publicName(ctx.user), fromEmail: ctx.user.email }
      : {},
    redirect: HERE,
    failMessage: 'Your message is not sent yet: see the form.',
  });
  const most = Math.floor(services.settings.contactForm.maxAttachmentBytes / 1024 / 1024);
  return c.html(
    layout(ctx, {
      title: 'Write to us',
      description: 'A message to the studio: orders, courses, lost sponges.',
      body: html`<div class="narrow">
        <h1>Write to us</h1>
        <p class="lead">Orders, courses, lost sponges. Somebody answers within two days, or after the next firing.</p>
        <form class="form" ${attributes(message.attributes)}>
          ${hiddenInputs(message)} ${errorBanner(message)}
          ${field(message.field('fromName'), { label: 'Your name', attributes: { autocomplete: 'name', maxlength: 255 } })}
          ${field(message.field('fromEmail'), {
            label: 'Your e-mail address',
            type: 'email',
            attributes: { autocomplete: 'email', required: true, maxlength: 255 },
          })}
          ${field(message.field('subject'), { label: 'What it is about', attributes: { maxlength: 255 } })}
          ${field(message.field('message'), {
            label: 'Your message',
            type: 'textarea',
            attributes: { rows: 8, required: true, maxlength: 50_000 },
          })}
          ${field(message.field('attachment'), {
            label: 'Pictures or papers',
            hint: `Pictures, PDF, text, documents: ${most} MB together at most.`,
            attributes: { multiple: true },
          })}
          <progress data-portico-progress max="1" value="0" aria-label="Upload"></progress>
          <button class="button">Send the message</button>
        </form>
        ${mailboxHint(ctx)}
      </div>`,
    }),
  );
}
