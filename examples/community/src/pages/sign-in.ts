import type { Context } from 'hono';
import { html } from 'hono/html';
import { returnPath } from 'portico';
import type { PorticoEnv } from 'portico/hono';
import { form, hiddenInputs } from 'portico/html';
import { server } from '../actions/index.ts';
import { errorBanner } from '../components/error-banner.ts';
import { listMembers } from '../data/members.ts';
import { layout } from '../layout.ts';

/** GET /sign-in?next=: leads back to where one came from. */
export function signInPage(c: Context<PorticoEnv>): Response | Promise<Response> {
  const ctx = c.var.portico;
  // Checked here, then signed: the action goes where the page says, and nobody else can say so.
  const next = returnPath(ctx, c.req.query('next')) ?? '/';
  const signIn = form(ctx, server.session.signIn, { redirect: next });
  const field = signIn.field('memberId');
  return c.html(
    layout(ctx, {
      title: 'Sign in',
      body: html`<div class="narrow">
        <h1>Who are you?</h1>
        <p class="lead">There are no passwords in this example yet. Choose a member and go on as them.</p>
        ${errorBanner(signIn)}
        <form method="post" action="${signIn.attributes.action}">
          ${hiddenInputs(signIn)}
          <ul class="members" aria-label="Members">
            ${listMembers(ctx.locals.db).map(
              ({ id, name, craft }) => html`<li>
                <button class="member" name="${field.name}" value="${id}">
                  <strong>${name}</strong>
                  <span class="meta">${craft}</span>
                </button>
              </li>`,
            )}
          </ul>
          ${field.errors.map((message) => html`<p class="errors">${message}</p>`)}
        </form>
      </div>`,
    }),
  );
}
