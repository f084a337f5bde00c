import { defineMiddleware } from 'astro:middleware';
import { getActionContext } from 'portico:actions';

export const onRequest = defineMiddleware(async (context, next) => {
  if (context.isPrerendered) return next();
  const { action } = getActionContext(context);
  const { user } = context.locals.portico;
  // Actions called from the browser that change what is on sale need somebody who is signed in.
  if (action?.calledFrom === 'rpc' && action.name === 'createProduct' && !user) {
    return new Response('Forbidden', { status: 403 });
  }
  return next();
});
