import { defineMiddleware } from 'astro:middleware';
import { getActionContext } from 'portico:actions';

/** Actions called from the browser that change what is on sale need somebody who is signed in. */
export const gate = defineMiddleware(async (context, next) => {
  if (context.isPrerendered) return next();
  const { action } = getActionContext(context);
  if (action?.calledFrom === 'rpc' && action.name === 'createProduct' && !context.locals.user) {
    return new Response('Forbidden', { status: 403 });
  }
  return next();
});
