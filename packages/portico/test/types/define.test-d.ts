import type { JSX } from 'hono/jsx';
import { expectTypeOf } from 'vitest';
import {
  createPortico,
  defineAction,
  isInputError,
  type ActionErrors,
  type ActionInput,
  type ActionInputError,
  type ActionOutput,
  type Plugin,
} from 'portico';
import { z } from 'zod';

// What must compile, and under @ts-expect-error what must not. Checked by `tsc`, never run.

// --- the handler's input is the schema's output type, the caller's its input type ---

const schedule = defineAction({
  input: z.object({
    title: z.string(),
    count: z.number().default(1),
    length: z.string().transform((text) => text.length),
  }),
  handler: (input) => {
    expectTypeOf(input).toEqualTypeOf<{ title: string; count: number; length: number }>();
    // @ts-expect-error the schema has no such field
    void input.name;
    return { id: input.count, at: new Date() };
  },
});
expectTypeOf<ActionInput<typeof schedule>>().toEqualTypeOf<{
  title: string;
  count?: number | undefined;
  length: string;
}>();
expectTypeOf<ActionOutput<typeof schedule>>().toEqualTypeOf<{ id: number; at: Date }>();
expectTypeOf<ActionErrors<typeof schedule>>().toEqualTypeOf<{}>();

const portico = createPortico({ actions: { schedule } });
void portico.call(portico.actions.schedule, { title: 'a', length: 'text' });
// @ts-expect-error a renamed field breaks the caller
void portico.call(portico.actions.schedule, { name: 'a', length: 'text' });
// @ts-expect-error a missing field
void portico.call(portico.actions.schedule, { title: 'a' });
// @ts-expect-error the input type, not the output type
void portico.call(portico.actions.schedule, { title: 'a', length: 5 });

defineAction({
  input: z.object({ renamed: z.string() }),
  // @ts-expect-error a renamed field breaks the handler
  handler: ({ title }) => title as string,
});

// --- no schema ---

const rawForm = defineAction({
  accept: 'form',
  handler: (input) => {
    expectTypeOf(input).toEqualTypeOf<FormData>();
  },
});
expectTypeOf<ActionInput<typeof rawForm>>().toEqualTypeOf<FormData>();
expectTypeOf<ActionOutput<typeof rawForm>>().toEqualTypeOf<undefined>();

const rawJson = defineAction({
  handler: (input) => {
    expectTypeOf(input).toEqualTypeOf<unknown>();
    // @ts-expect-error unknown must be looked at first
    return input.name as string;
  },
});
expectTypeOf<ActionInput<typeof rawJson>>().toEqualTypeOf<unknown>();

defineAction({
  accept: 'any',
  handler: (input) => {
    expectTypeOf(input).toEqualTypeOf<unknown>();
  },
});

// --- a promise, a Response and nothing as results ---

const later = defineAction({ handler: async () => ({ id: 1 }) });
expectTypeOf<ActionOutput<typeof later>>().toEqualTypeOf<{ id: number }>();
const download = defineAction({ handler: () => (Math.random() > 2 ? new Response() : { id: 1 }) });
expectTypeOf<ActionOutput<typeof download>>().toEqualTypeOf<{ id: number }>();
const nothing = defineAction({ handler: async () => {} });
expectTypeOf<ActionOutput<typeof nothing>>().toEqualTypeOf<undefined>();

// --- the output schema constrains the handler's return, and its output type is what is sent ---

const profile = defineAction({
  output: z.object({
    id: z.string(),
    views: z.number().default(0),
    at: z.date().transform((date) => date.getTime()),
  }),
  handler: async () => ({ id: 'a', at: new Date() }),
});
expectTypeOf<ActionOutput<typeof profile>>().toEqualTypeOf<{ id: string; views: number; at: number }>();
defineAction({
  output: z.object({ id: z.string() }),
  // @ts-expect-error not what the output schema takes
  handler: () => ({ id: 5 }),
});
defineAction({
  output: z.object({ id: z.string() }),
  // @ts-expect-error not what the output schema takes, later
  handler: async () => ({ name: 'a' }),
});
defineAction({ output: z.object({ id: z.string() }), handler: () => new Response() });

// --- typed errors: ctx.fail ---

const signUp = defineAction({
  accept: 'form',
  input: z.object({ email: z.string() }),
  errors: {
    TAKEN: { status: 409, data: z.object({ since: z.date() }) },
    CLOSED: { status: 403 },
  },
  handler: ({ email }, ctx) => {
    if (email === 'a') return ctx.fail('TAKEN', { since: new Date() });
    if (email === 'b') return ctx.fail('CLOSED');
    if (email === 'c') return ctx.fail('CLOSED', undefined, 'Come back tomorrow.');
    if (email === 'd') return ctx.fail('NOT_FOUND');
    if (email === 'e') return ctx.fail('PAYMENT_REQUIRED', { price: 5 }, 'Not free.');
    // @ts-expect-error nobody declared this code
    if (email === 'f') ctx.fail('NO_SUCH_CODE');
    // @ts-expect-error TAKEN has data
    if (email === 'g') ctx.fail('TAKEN');
    // @ts-expect-error since is a Date
    if (email === 'h') ctx.fail('TAKEN', { since: 'today' });
    // @ts-expect-error CLOSED has no data
    if (email === 'i') ctx.fail('CLOSED', { since: new Date() });
    expectTypeOf(ctx.fail('CLOSED')).toEqualTypeOf<never>();
    return { email };
  },
});
expectTypeOf<ActionErrors<typeof signUp>>().toEqualTypeOf<{
  readonly TAKEN: { since: Date };
  readonly CLOSED: undefined;
}>();
expectTypeOf<ActionOutput<typeof signUp>>().toEqualTypeOf<{ email: string }>();

// --- results: check error, and the rest is known ---

const community = createPortico({ actions: { signUp, users: { schedule } } });
const result = await community.call(community.actions.signUp, { email: 'a' });
// @ts-expect-error data may be missing before error was looked at
void result.data.email;
if (result.error) {
  expectTypeOf(result.data).toEqualTypeOf<undefined>();
  if (result.error.code === 'TAKEN') expectTypeOf(result.error.data).toEqualTypeOf<{ since: Date }>();
  if (result.error.code === 'CSRF_FAILED')
    expectTypeOf(result.error.data).toEqualTypeOf<{ reason: string }>();
  // @ts-expect-error no such code can come
  if (result.error.code === 'NO_SUCH_CODE') void 0;
  if (isInputError(result.error)) {
    expectTypeOf(result.error).toExtend<ActionInputError>();
    expectTypeOf(result.error.fields['email']).toEqualTypeOf<string[] | undefined>();
    expectTypeOf(result.error.formErrors).toEqualTypeOf<string[]>();
  }
} else {
  expectTypeOf(result.data).toEqualTypeOf<{ email: string }>();
  expectTypeOf(result.redirect).toEqualTypeOf<string | undefined>();
}

// --- forms go where the action takes them ---

void community.call(community.actions.signUp, new FormData());
void community.call(community.actions.users.schedule, { title: 'a', length: 'b' });

// --- ctx.call, callAction and getActionResult are typed by the action ---

defineAction({
  handler: async (_input, ctx) => {
    expectTypeOf(ctx.action).toEqualTypeOf<{
      readonly name: string;
      readonly door: 'rpc' | 'page' | 'path' | 'server';
    }>();
    const { data, error } = await ctx.call(schedule, { title: 'a', length: 'b' });
    if (!error) expectTypeOf(data).toEqualTypeOf<{ id: number; at: Date }>();
    // @ts-expect-error not its input
    await ctx.callAction(schedule, { title: 5 });
    const shown = ctx.getActionResult(schedule);
    expectTypeOf(shown?.data?.id).toEqualTypeOf<number | undefined>();
  },
});

// --- an action as a form's action ---

const attribute: string = community.actions.signUp;
const props: JSX.IntrinsicElements['form'] = { method: 'post', action: community.actions.users.schedule };
void [attribute, props];
expectTypeOf(community.actions.signUp.path).toEqualTypeOf<string>();

// --- plugins merge into typeof portico ---

const mailer = {
  actions: {
    mail: { send: defineAction({ input: z.object({ to: z.string() }), handler: () => 'sent' }) },
    users: { login: later },
  },
} satisfies Plugin;
const shop = { actions: { shop: { buy: nothing } } } satisfies Plugin;
const merged = createPortico({ actions: { users: { schedule }, signUp }, plugins: [mailer, shop] });
expectTypeOf<ActionInput<typeof merged.actions.mail.send>>().toEqualTypeOf<{ to: string }>();
expectTypeOf<ActionOutput<typeof merged.actions.users.login>>().toEqualTypeOf<{ id: number }>();
expectTypeOf<ActionOutput<typeof merged.actions.users.schedule>>().toEqualTypeOf<{ id: number; at: Date }>();
expectTypeOf<ActionOutput<typeof merged.actions.shop.buy>>().toEqualTypeOf<undefined>();
// @ts-expect-error no plugin has it
void merged.actions.nothing;

// --- definitions that contradict themselves ---

// @ts-expect-error only a handler is required, but it is
defineAction({});
// @ts-expect-error no such kind of body
defineAction({ accept: 'xml', handler: () => 1 });
// @ts-expect-error no such method
defineAction({ method: 'PUT', handler: () => 1 });
// @ts-expect-error not a Standard Schema
defineAction({ input: { name: 'string' }, handler: () => 1 });
// @ts-expect-error a leaf that is no action
createPortico({ actions: { users: { load: () => 1 } } });
// @ts-expect-error no such option
createPortico({ actions: {}, secret: 'x' });

// --- limits see the validated input ---

defineAction({
  input: z.object({ email: z.string() }),
  limit: [
    { points: 5, seconds: 60, by: 'ip' },
    { points: 5, seconds: 60, by: (_ctx, input) => input.email },
  ],
  handler: () => 1,
});
