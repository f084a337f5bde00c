import { defineAction, type PorticoContext } from 'portico';
import { z } from 'zod';

import type { Gate } from './gate.ts';

/** What a test watches and holds. */
export interface Probe {
  /** Inputs that reached a handler, by action name, in the order they came. */
  readonly calls: Map<string, unknown[]>;
  /** In front of the handler of `slow`. */
  readonly slow: Gate;
  /** In front of every posted body: nothing of it is read while this is closed. */
  readonly bodies: Gate;
}

export const MAX_FILE = 48 * 1024 * 1024;

export type FixtureActions = ReturnType<typeof fixtureActions>;

/** Actions with the kinds of fields that forms have. Made anew for each app: an action belongs to one tree. */
export function fixtureActions(probe: Probe) {
  const seen = (ctx: PorticoContext, input: unknown): void => {
    const name = ctx.action?.name ?? '';
    probe.calls.set(name, [...(probe.calls.get(name) ?? []), input]);
  };
  return {
    newsletter: defineAction({
      accept: 'form',
      input: z.object({
        email: z.email('Give an e-mail address.'),
        terms: z.boolean().refine((agreed) => agreed, 'Agree to the terms.'),
      }),
      errors: { TAKEN: { status: 409, message: 'This address is on the list already.' } },
      messages: { success: 'Thanks for signing up!', failure: 'Please check the form.' },
      handler: (input, ctx) => {
        seen(ctx, input);
        if (input.email.startsWith('taken@')) ctx.fail('TAKEN');
        if (input.email.startsWith('broken@')) throw new Error('secret of the database');
        return { id: `sub-${input.email}` };
      },
    }),
    profile: {
      save: defineAction({
        accept: 'form',
        model: 'profile',
        input: z.object({
          name: z.string().min(2, 'A name has two letters or more.'),
          password: z.string().min(8, 'A password has eight letters or more.'),
          country: z.enum(['at', 'fr', 'jp'], 'Choose a country.'),
          about: z.string().max(200).optional(),
        }),
        messages: { success: 'Profile saved.', failure: 'The profile is not saved.' },
        handler: (input, ctx) => {
          seen(ctx, input);
          return { profile: { slug: input.name.toLowerCase() } };
        },
      }),
    },
    signUp: defineAction({
      accept: 'form',
      input: z
        .object({
          name: z.string().min(1, 'What is your name?'),
          email: z.email('Give an e-mail address.'),
          password: z.string().min(8, 'A password has eight letters or more.'),
          again: z.string(),
          interests: z.array(z.enum(['clay', 'glass'])).max(1, 'Choose one.'),
          photo: z.file('Choose a photo.'),
        })
        .refine(({ password, again }) => password === again, {
          path: ['again'],
          message: 'The passwords differ.',
          // While other fields are wrong, too.
          when: () => true,
        }),
      redirect: '/done',
      handler: ({ name, photo }, ctx) => {
        seen(ctx, { name, photo: photo.size });
        return {};
      },
    }),
    upload: defineAction({
      accept: 'form',
      input: z.object({
        title: z.string().min(3, 'Three letters or more.'),
        file: z.file('Choose a file.').max(MAX_FILE),
      }),
      body: { maxFileBytes: MAX_FILE, maxFiles: 1 },
      redirect: '/done',
      messages: { success: 'Uploaded.' },
      handler: ({ title, file }, ctx) => {
        seen(ctx, { title, name: file.name, size: file.size });
        return {};
      },
    }),
    order: defineAction({
      accept: 'form',
      input: z.object({
        customer: z.string().min(1, 'Who orders?'),
        items: z
          .array(
            z.object({ name: z.string().min(1, 'Name the item.'), qty: z.int('A whole number.').min(1) }),
          )
          .min(1),
      }),
      messages: { success: 'Ordered.' },
      handler: (input, ctx) => {
        seen(ctx, input);
        return {};
      },
    }),
    slow: defineAction({
      accept: 'form',
      input: z.object({ note: z.string().min(1, 'Write a note.') }),
      redirect: '/done',
      messages: { success: 'Slowly done.' },
      handler: async (input, ctx) => {
        seen(ctx, input);
        await probe.slow.pass();
        return {};
      },
    }),
    session: {
      signIn: defineAction({
        accept: 'form',
        input: z.object({ user: z.string().min(1) }),
        redirect: '/who',
        handler: ({ user }, ctx) => {
          ctx.session.userId = user;
        },
      }),
      signOut: defineAction({
        accept: 'form',
        redirect: '/who',
        handler: (_input, ctx) => {
          ctx.session.destroy();
        },
      }),
    },
  };
}
