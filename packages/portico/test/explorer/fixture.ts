import { createPortico, defineAction, type Portico, type PorticoOptions } from 'portico';
import { explorer, type ExplorerOptions } from 'portico/explorer';
import { z } from 'zod';

const newsletter = defineAction({
  accept: 'any',
  description: 'Signs somebody up for the newsletter.',
  input: z.object({ email: z.email('Give an e-mail address.'), terms: z.boolean() }),
  output: z.object({ id: z.string(), since: z.date() }),
  errors: { TAKEN: { status: 409, message: 'That address is there already.' } },
  limit: { points: 1000, seconds: 60, by: 'ip' },
  messages: { success: 'Thanks!' },
  redirect: '/thanks',
  handler: ({ email }, ctx) => {
    if (email.startsWith('taken')) ctx.fail('TAKEN');
    return { id: email, since: new Date(0) };
  },
});

/** A field of every kind. */
const everything = defineAction({
  accept: 'form',
  body: { maxFiles: 2 },
  input: z.object({
    title: z.string().min(3).max(20).describe('As it is printed.'),
    story: z.string().max(5000).optional(),
    qty: z.number().min(1).max(9),
    exact: z.bigint().optional(),
    day: z.date().optional(),
    site: z.url().optional(),
    gift: z.boolean(),
    size: z.enum(['small', 'large']),
    toppings: z.array(z.enum(['salt', 'oil'])),
    tags: z.array(z.string()).max(3),
    items: z.array(z.object({ name: z.string().min(1), notes: z.array(z.string()) })),
    address: z.object({ city: z.string() }).optional(),
    shape: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('circle'), radius: z.number() }),
      z.object({ kind: z.literal('square'), side: z.number() }),
    ]),
    prices: z.record(z.string(), z.number()).optional(),
    scan: z.file().optional(),
    password: z.string().optional(),
    pin: z.string().optional().meta({ secret: true }),
  }),
  handler: ({ scan, day, exact: _, ...input }) => ({
    ...(JSON.parse(JSON.stringify(input)) as object),
    ...(scan && { scan: scan.name }),
    ...(day && { day: day.toISOString() }),
  }),
});

const actions = {
  newsletter,
  shop: {
    everything,
    search: defineAction({
      method: 'GET',
      input: z.object({ q: z.string(), page: z.number().default(1) }),
      handler: ({ q, page }) => ({ q, page }),
    }),
    raw: defineAction({ handler: (input) => ({ input }) }),
  },
  me: defineAction({ accept: 'any', access: 'user', handler: (_input, ctx) => ({ me: ctx.user }) }),
  remove: defineAction({ destructive: true, handler: () => undefined }),
};

const PEOPLE = [
  { id: '1', label: 'Ada <admin>' },
  { id: '2', label: 'Bob' },
];

/** An app with the explorer; user 9 is nobody. */
export function openApp(options: ExplorerOptions = {}, more: Partial<PorticoOptions> = {}): Portico<unknown> {
  return createPortico({
    actions,
    secrets: ['a secret of the tests that is long enough'],
    onError: () => undefined,
    user: (ctx) =>
      PEOPLE.some(({ id }) => id === ctx.session.userId) ? { id: ctx.session.userId ?? '' } : null,
    plugins: [
      explorer(options),
      {
        people: {
          list: async (search) => PEOPLE.filter(({ label }) => label.includes(search)),
        },
        pages: { '/_portico/mail': () => new Response('The mailbox') },
        routes: { 'GET /_portico/photos/:photo': 'shop.search' },
      },
    ],
    ...more,
  });
}

/** What the page posts, of an order's parts and the fields of the input. */
export function order(
  parts: Readonly<Record<string, string>>,
  fields: Readonly<Record<string, string | File>> = {},
  json: Readonly<Record<string, unknown>> = {},
): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(parts)) form.append(`order:${name}`, value);
  for (const [name, value] of Object.entries(fields)) form.append(`input:${name}`, value);
  for (const [name, value] of Object.entries(json)) form.append(`json:${name}`, JSON.stringify(value));
  return form;
}
