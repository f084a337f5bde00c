import { createPortico, defineAction } from 'portico';
import { form } from 'portico/html';
import { createTestClient } from 'portico/testing';
import { z } from 'zod';

/** Actions of every looseness, whose handlers keep what they were given. */
export function site() {
  const received: unknown[] = [];
  const take = (input: unknown) => {
    received.push(input);
    return { ok: true };
  };
  const fields = {
    title: z.string().optional(),
    address: z.object({ city: z.string().optional() }).optional(),
  };
  const actions = {
    strict: defineAction({ accept: 'any', input: z.object(fields), model: 'note', handler: take }),
    loose: defineAction({ accept: 'any', input: z.looseObject(fields), model: 'note', handler: take }),
    record: defineAction({
      accept: 'any',
      input: z.object({ entries: z.record(z.string(), z.string()).optional() }),
      handler: take,
    }),
    plain: defineAction({ accept: 'json', handler: take }),
    formData: defineAction({ accept: 'form', handler: (input) => take(Object.fromEntries(input)) }),
    read: defineAction({ method: 'GET', input: z.looseObject(fields), handler: take }),
    fails: defineAction({
      accept: 'any',
      input: z.looseObject({ ...fields, missing: z.string() }),
      model: 'note',
      handler: take,
    }),
  };
  const portico = createPortico({ actions, routes: { 'GET /read/:title': 'read' } });
  const pages = (request: Request): Response => {
    const ctx = portico.context(request);
    return Response.json({ variables: ctx.variables, kept: form(ctx, actions.fails).field('title').value });
  };
  return { actions, portico, pages, received, client: createTestClient(portico, { pages }) };
}
