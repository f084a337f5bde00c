import { expectTypeOf } from 'vitest';
import { z } from 'zod';
import {
  createClient,
  isActionError,
  isInputError,
  type ActionError,
  type Client,
} from '../../src/client.ts';
import { createPortico, defineAction } from '../../src/index.ts';

const post = z.object({ title: z.string(), at: z.date().optional(), length: z.string().transform(Number) });

const server = {
  save: defineAction({
    input: post,
    errors: { TAKEN: { status: 409, data: z.object({ since: z.date() }) }, CLOSED: { status: 403 } },
    handler: (input) => ({ id: 1, length: input.length }),
  }),
  ping: defineAction({ handler: () => 'pong' as const }),
  forget: defineAction({ handler: () => {} }),
  maybe: defineAction({ input: z.object({ q: z.string() }).optional(), handler: () => null }),
  upload: defineAction({ accept: 'form', handler: (form) => [...form.keys()] }),
  subscribe: defineAction({
    accept: 'form',
    input: z.object({ email: z.string(), cover: z.file() }),
    handler: () => 1,
  }),
  either: defineAction({ accept: 'any', input: z.object({ n: z.number() }), handler: ({ n }) => n }),
  blog: {
    posts: { 'like it': defineAction({ input: z.object({ id: z.number() }), handler: ({ id }) => id }) },
  },
  actions: { list: defineAction({ handler: () => [1] }) },
};
const portico = createPortico({ actions: server });

const client = createClient<typeof server>();
expectTypeOf(createClient<typeof portico>()).toEqualTypeOf<Client<typeof server>>();

// A branch called `actions` is a branch.
expectTypeOf((await client.actions.list()).data).toEqualTypeOf<number[] | undefined>();

// Input is the schema's input type; renaming a field breaks the caller.
void client.save({ title: 't', length: '3' });
void client.save(
  { title: 't', length: '3', at: new Date() },
  { signal: AbortSignal.timeout(1), headers: { a: 'b' } },
);
// @ts-expect-error the field is called `title`
void client.save({ tilte: 't', length: '3' });
// @ts-expect-error the schema takes a text and makes the number itself
void client.save({ title: 't', length: 3 });
// @ts-expect-error an input is needed
void client.save();
// @ts-expect-error no such option
void client.save({ title: 't', length: '3' }, { retries: 3 });
// @ts-expect-error no such action
void client.safe;
// @ts-expect-error a namespace is not an action
void client.blog({});
void client.blog.posts['like it']({ id: 1 });

// The argument may be left out where the input may.
void client.ping();
void client.maybe();
void client.maybe({ q: 'x' });

// FormData only where forms are taken.
const form = new FormData();
void client.upload(form);
void client.subscribe(form);
void client.subscribe({ email: 'e', cover: new File([], 'c') });
void client.either(form);
void client.either({ n: 1 });
// @ts-expect-error takes JSON only
void client.save(form);
// @ts-expect-error has no schema, so it takes a form only
void client.upload({ a: 1 });
// @ts-expect-error a form is needed
void client.upload();

// Data is known once the error is, and the other way round.
const saved = await client.save({ title: 't', length: '3' });
expectTypeOf(saved.data).toEqualTypeOf<{ id: number; length: number } | undefined>();
expectTypeOf(saved.redirect).toEqualTypeOf<string | undefined>();
if (!saved.error) expectTypeOf(saved.data).toEqualTypeOf<{ id: number; length: number }>();
if (saved.error) {
  expectTypeOf(saved.data).toEqualTypeOf<undefined>();
  const { error } = saved;
  expectTypeOf(error).toExtend<ActionError>();
  if (error.code === 'TAKEN') expectTypeOf(error.data).toEqualTypeOf<{ since: Date }>();
  if (error.code === 'CLOSED') expectTypeOf(error.data).toEqualTypeOf<undefined>();
  if (error.code === 'CSRF_FAILED') expectTypeOf(error.data).toEqualTypeOf<{ reason: string }>();
  if (error.code === 'NOT_FOUND') expectTypeOf(error.data).toEqualTypeOf<unknown>();
  if (error.code === 'UNEXPECTED_RESPONSE') expectTypeOf(error.status).toEqualTypeOf<number>();
  // @ts-expect-error no such code
  if (error.code === 'TOKEN') void 0;
  if (isInputError(error)) {
    expectTypeOf(error.fields['title']).toEqualTypeOf<string[] | undefined>();
    expectTypeOf(error.formErrors).toEqualTypeOf<string[]>();
    expectTypeOf(error.code).toEqualTypeOf<'BAD_REQUEST'>();
  }
}
// @ts-expect-error other actions have other errors
if ((await client.ping()).error?.code === 'TAKEN') void 0;
if (isInputError(saved.error)) expectTypeOf(saved.error.fields['x']).toEqualTypeOf<string[] | undefined>();

expectTypeOf((await client.ping()).data).toEqualTypeOf<'pong' | undefined>();
expectTypeOf(await client.ping.orThrow()).toEqualTypeOf<'pong'>();
expectTypeOf(await client.forget.orThrow()).toEqualTypeOf<undefined>();
expectTypeOf(await client.save.orThrow({ title: '', length: '' })).toEqualTypeOf<{
  id: number;
  length: number;
}>();
expectTypeOf(client.save.queryString).toEqualTypeOf<string>();
expectTypeOf(client.save.path).toEqualTypeOf<string>();

const thrown: unknown = null;
if (isActionError(thrown)) expectTypeOf(thrown.status).toEqualTypeOf<number>();
if (isInputError(thrown)) expectTypeOf(thrown.fields['a']).toEqualTypeOf<string[] | undefined>();

createClient<typeof server>({ baseUrl: '/shop', timeout: 1000, headers: { a: 'b' }, fetch });
createClient<typeof server>({ fetch: portico.fetch, headers: async () => [['a', 'b']] });
// @ts-expect-error milliseconds
createClient<typeof server>({ timeout: '1s' });
