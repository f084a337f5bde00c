import { expect, test } from 'vitest';
import { ActionError, defineAction } from 'portico';
import { form } from 'portico/html';
import { z } from 'zod';
import { openSite } from './site.ts';

const save = defineAction({
  accept: 'form',
  input: z.object({ what: z.enum(['CONFLICT', 'TOO_MANY_REQUESTS', 'FORBIDDEN']) }),
  handler: ({ what }) => {
    throw new ActionError({ code: what, message: `Because of ${what}.` });
  },
});

/** What the page says after a form with a `failMessage` was sent. */
async function told(what: string): Promise<string> {
  const site = openSite({ save }, (ctx) => {
    const made = form(ctx, save, { failMessage: 'Please check the form.' });
    return JSON.stringify({ hidden: made.hidden, message: made.message });
  });
  const { hidden } = JSON.parse((await site.get('/')).body) as { hidden: Array<Record<string, string>> };
  const fields = [
    ...hidden.map(({ name = '', value = '' }) => [name, value] as const),
    ['what', what] as const,
  ];
  return (JSON.parse((await site.post('/?_action=save', fields)).body) as { message: string }).message;
}

test.each([
  ['nothing of the kind', 'Please check the form.'],
  ['FORBIDDEN', 'Please check the form.'],
  ['CONFLICT', 'Because of CONFLICT.'],
  ['TOO_MANY_REQUESTS', 'Because of TOO_MANY_REQUESTS.'],
])('after %s the form says: %s', async (what, message) => {
  expect(await told(what)).toBe(message);
});
