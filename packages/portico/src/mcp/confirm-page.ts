import type { PorticoContext } from '../define/context.ts';
import { csrfInput } from '../forms/csrf.ts';
import { renderGeneratedForm } from '../forms/generated-form.ts';
import { html, raw, type SafeHtml } from '../forms/safe-html.ts';
import { exchangeOf } from '../context/request-context.ts';
import { cspHash, pageSecurityHeaders } from '../http/security-headers.ts';
import { isSecretField } from '../schema/secrets.ts';
import type { ActionError } from '../wire/error.ts';
import type { Confirmation, LinkProblem } from './confirm-link.ts';
import { titleOf, type Tool } from './tools.ts';

const STYLE =
  ':root{color-scheme:light dark;font:1rem/1.5 system-ui,sans-serif}main{max-width:40rem;margin:2rem auto;padding:0 1rem}' +
  'label{display:block;margin-top:.75rem}input,textarea,select{font:inherit;max-width:100%}button{font:inherit;margin-top:1rem}' +
  'pre{overflow:auto;border:1px solid;padding:.5rem}.visually-hidden{position:absolute;width:1px;height:1px;clip-path:inset(50%);overflow:hidden}';
const HEADERS: Readonly<Record<string, string>> = {
  ...pageSecurityHeaders({ styles: [cspHash(STYLE)] }),
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
};

const PROBLEMS: Readonly<Record<LinkProblem, readonly [status: number, title: string, text: string]>> = {
  broken: [400, 'This link is not valid', 'It was not made by this site, or was cut off on its way.'],
  expired: [
    410,
    'This link has expired',
    'Links work for 15 minutes. Nothing has been done: have it asked again.',
  ],
  'sign-in': [
    401,
    'Sign in first',
    'This link is for somebody who is signed in. Sign in here, then open it again.',
  ],
  'other-user': [
    403,
    'This link is for somebody else',
    'You are signed in as another user than the one it was made for.',
  ],
};

/** Why there is nothing to confirm. */
export function problemPage(problem: LinkProblem): Response {
  const [status, title, text] = PROBLEMS[problem];
  return page(status, title, html`<p>${text}</p>`);
}

export function refusedPage(error: ActionError): Response {
  return page(error.status, 'This was not done', html`<p>${error.message}</p>`);
}

export function donePage(message: string | undefined): Response {
  return page(200, 'Done', html`<p>${message ?? 'You have confirmed it. You can close this page.'}</p>`);
}

export function alreadyDonePage(): Response {
  return page(
    409,
    'This was done already',
    html`<p>You have confirmed it before. Nothing was done again.</p>`,
  );
}

/**
 * What will be done, and the form that does it: with fields to change where the action takes forms, else with the input as it
 * is. `form` is where it is posted to in the latter case.
 */
export function askPage(
  ctx: PorticoContext,
  tool: Tool,
  { input }: Confirmation,
  error?: ActionError,
): Response {
  const { definition } = tool.action;
  const about = html`<p>${definition.description ?? 'An assistant asks to do this in your name.'}</p>
    <p>An assistant asks to run <code>${tool.name}</code> in your name. Check it before you confirm.</p>`;
  const problem = error && html`<div role="alert"><p>${error.message}</p></div>`;
  const form = editableForm(ctx, tool, input) ?? fixedForm(ctx, tool, input);
  return page(error?.status ?? 200, titleOf(tool.name), html`${about}${problem}${form}`);
}

/** `undefined` where the action takes no plain form: JSON only, reading only, or a field that a form has no control for. */
function editableForm(ctx: PorticoContext, { action }: Tool, input: unknown): SafeHtml | undefined {
  const { accept, methods, restore } = action.definition;
  if (accept === 'json' || !methods.includes('POST')) return undefined;
  const values = restore ? restore(input) : input;
  const form = renderGeneratedForm(ctx, action, { values, submitLabel: 'Confirm' });
  return form.includes('data-json') ? undefined : form;
}

function fixedForm(ctx: PorticoContext, { action }: Tool, input: unknown): SafeHtml {
  const shown = JSON.stringify(
    withoutSecrets(input, (name) => isSecretField(action.definition.plan, name), ''),
    null,
    2,
  );
  const token = exchangeOf(ctx).hasSessions ? csrfInput(ctx) : undefined;
  return html`<pre>${shown ?? 'No input.'}</pre>
    <form method="post">${token}<button type="submit">Confirm</button></form>`;
}

/** Whoever looks over a shoulder learns no password. */
function withoutSecrets(value: unknown, isSecret: (name: string) => boolean, path: string): unknown {
  if (path !== '' && isSecret(path)) return '••••••';
  if (Array.isArray(value))
    return value.map((item, at) => withoutSecrets(item, isSecret, below(path, String(at))));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) => [key, withoutSecrets(child, isSecret, below(path, key))]),
  );
}

function below(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}

function page(status: number, title: string, content: SafeHtml): Response {
  const body = html`<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex"><title>${title}</title><style>${raw(STYLE)}</style></head><body><main><h1>${title}</h1>${content}</main></body></html>`;
  return new Response(body.toString(), { status, headers: HEADERS });
}
