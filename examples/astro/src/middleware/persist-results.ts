import { defineMiddleware } from 'astro:middleware';
import { getActionContext } from 'portico:actions';
import { actionStore } from '../data/action-store.ts';

const COOKIE = 'action-session-id';

/**
 * The guide's POST / Redirect / GET by hand, for the action `comment` alone. Portico does as much for all others: a success
 * redirects and its result waits in the session; an error stays on the page, with status 422 and what was typed.
 */
export const persistResults = defineMiddleware(async (context, next) => {
  // Skip requests for prerendered pages
  if (context.isPrerendered) return next();
  const { action, setActionResult, serializeActionResult } = getActionContext(context);

  // If an action result was forwarded as a cookie, set the result to be accessible from `getActionResult()`
  const sessionId = context.cookies.get(COOKIE)?.value;
  const session = sessionId === undefined ? undefined : actionStore.get(sessionId);
  if (sessionId !== undefined && session && context.request.method === 'GET') {
    setActionResult(session.actionName, session.actionResult);
    actionStore.delete(sessionId);
    context.cookies.delete(COOKIE, { path: '/' });
    return next();
  }

  // If the action was called from an HTML form, call its handler and redirect to the destination page
  if (action?.calledFrom === 'form' && action.name === 'comment') {
    const actionResult = await action.handler();
    const id = crypto.randomUUID();
    actionStore.set(id, { actionName: action.name, actionResult: serializeActionResult(actionResult) });
    // Pass the session ID as a cookie to be retrieved after redirecting to the page
    context.cookies.set(COOKIE, id, { path: '/', httpOnly: true, sameSite: 'lax' });
    // Redirect back to the previous page on error; some browsers are told to keep it to themselves
    const referer = context.request.headers.get('Referer');
    return context.redirect(actionResult.error && referer ? referer : context.originPathname);
  }
  return next();
});
