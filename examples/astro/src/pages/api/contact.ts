import type { APIRoute } from 'astro';

/** No action: an endpoint of Astro's, which posts of other sites do not reach either. */
export const POST: APIRoute = async ({ request }) => {
  const form = await request.formData();
  return Response.json({ received: form.get('message') });
};
