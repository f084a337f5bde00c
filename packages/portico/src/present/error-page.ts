import { withHeaders, type Answer } from '../http/reply.ts';
import { pageSecurityHeaders } from '../http/security-headers.ts';
import { escapeHtml } from '../lib/escape-html.ts';
import { ActionError, ActionInputError, isInputError } from '../wire/error.ts';
import type { Exchange } from '../context/exchange.ts';
import { asPublic } from '../context/request-context.ts';

/** The page for an error that no page of the app can show: the app's `errorPage`, else a plain one. */
export async function showErrorPage(exchange: Exchange, cause: ActionError, status: number): Promise<Answer> {
  const error = cause.status === status ? cause : withStatus(cause, status);
  const { errorPage } = exchange.settings;
  if (errorPage) {
    try {
      const page = await errorPage(error, asPublic(exchange.context));
      return withHeaders(page, Object.entries(error.headers ?? {}));
    } catch (failure) {
      exchange.reportError(failure);
    }
  }
  const headers = ['Content-Type', 'text/html; charset=utf-8', 'Cache-Control', 'no-store'];
  for (const [name, value] of Object.entries(pageSecurityHeaders())) headers.push(name, value);
  for (const [name, value] of Object.entries(error.headers ?? {})) headers.push(name, value);
  return { status, headers, body: plainPage(exchange, error, developerDetails(exchange, error)) };
}

/** The error as this door answers it: a wrong verb is 405 on one door and 400 on another. */
function withStatus(error: ActionError, status: number): ActionError {
  const { code, message, data, cause, headers, requestId } = error;
  if (isInputError(error)) {
    const { issues, fields, formErrors } = error;
    return new ActionInputError({ issues, fields, formErrors, message, status, requestId });
  }
  return new ActionError({ code, status, message, data, cause, headers, requestId });
}

function developerDetails(exchange: Exchange, error: ActionError): string | undefined {
  if (!exchange.settings.dev || !(error.cause instanceof Error)) return undefined;
  return error.cause.stack ?? error.cause.message;
}

function plainPage(exchange: Exchange, error: ActionError, details: string | undefined): string {
  const { status } = error;
  const home = escapeHtml(`${exchange.settings.base}/`);
  const reference =
    error.requestId === undefined ? '' : `<p>Reference: <code>${escapeHtml(error.requestId)}</code></p>`;
  const more = details === undefined ? '' : `<pre>${escapeHtml(details)}</pre>`;
  return (
    '<!doctype html><html lang="en"><head><meta charset="utf-8">' +
    '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">' +
    `<title>${status} ${escapeHtml(error.code)}</title></head><body><main><h1>${status}</h1>` +
    `<p>${escapeHtml(error.message)}</p>${inputErrors(error)}${reference}${more}<p><a href="${home}">Home</a></p></main></body></html>`
  );
}

/** There is no form to show them in, yet they are all the visitor has to go by. */
function inputErrors(error: ActionError): string {
  if (!isInputError(error)) return '';
  const messages = Object.entries(error.fields).map(
    ([field, texts]) => `${field}: ${(texts ?? []).join(' ')}`,
  );
  return `<ul>${[...error.formErrors, ...messages].map((text) => `<li>${escapeHtml(text)}</li>`).join('')}</ul>`;
}
