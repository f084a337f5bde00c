import { defineMiddleware } from 'astro:middleware';

/** Who is signed in, for `context.locals.user` in actions and pages. */
export const user = defineMiddleware(async (context, next) => {
  // A prerendered page is made before anybody visits.
  if (!context.isPrerendered) context.locals.user = context.locals.portico.user ?? undefined;
  return next();
});
