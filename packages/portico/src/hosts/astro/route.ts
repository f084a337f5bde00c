import type { APIRoute } from 'astro';

/** Stands where actions are, so that Astro's middleware runs for them. What Portico does not answer is Astro's 404. */
export const ALL: APIRoute = () => new Response(null, { status: 404 });
