import { createPortico, defineAction, type PorticoContext } from 'portico';
import { createClient } from 'portico/client';
import { expectTypeOf } from 'vitest';
import { z } from 'zod';
import {
  createSite,
  field,
  publicUser,
  type CurrentUser,
  type PublicUser,
  type SiteOptions,
} from '../../src/index.ts';

const userFields = {
  bio: field.text({ frontend: true }),
  age: field.number(),
  news: field.lightswitch(),
  since: field.date(),
  colour: field.dropdown({ options: ['red', { value: 'blue', label: 'Blue' }] }),
} as const;

// Options may be frozen, as a file of settings has them.
const options = {
  siteName: 'Pottery',
  users: {
    allowPublicRegistration: true,
    defaultGroup: 'members',
    groups: { members: { name: 'Members', permissions: ['viewUsers', 'editUsers'] } },
    fields: userFields,
  },
  addresses: { required: ['fullName', 'organization'], maxPerUser: 5, fields: { floor: field.number() } },
  limits: { login: { points: 5, seconds: 60 }, photo: false },
} as const satisfies SiteOptions;

export const site = createSite(options);
export const portico = createPortico({ plugins: [site] });

createSite({ users: { groups: { staff: { name: 'Staff', permissions: [] } } }, addresses: { required: [] } });
// @ts-expect-error milliseconds or words
createSite({ userSessionDuration: '1h' });
// @ts-expect-error no such native field
createSite({ addresses: { required: ['phone'] } });
// @ts-expect-error a group has a name
createSite({ users: { groups: { staff: { permissions: ['viewUsers'] } } } });
// @ts-expect-error a field is made by field.text() and its like
createSite({ users: { fields: { bio: 'text' } } });
// @ts-expect-error the same for addresses
createSite({ addresses: { fields: { floor: 3 } } });

// Queries know the fields that the options declare, each with its values or null.
const found = await site.queries.users.find(1);
expectTypeOf(found?.photoUrl).toEqualTypeOf<string | null | undefined>();
if (found) {
  const { fields } = found;
  expectTypeOf(fields.bio).toEqualTypeOf<string | null>();
  expectTypeOf(fields.age).toEqualTypeOf<number | null>();
  expectTypeOf(fields.news).toEqualTypeOf<boolean | null>();
  expectTypeOf(fields.since).toEqualTypeOf<string | null>();
  expectTypeOf(fields.colour).toEqualTypeOf<'red' | 'blue' | null>();
  // @ts-expect-error no such field
  void fields.shoeSize;
  // @ts-expect-error no such colour
  void (fields.colour === 'green');
  // @ts-expect-error nothing that signs in
  void found.passwordHash;
  expectTypeOf(publicUser(found)).toEqualTypeOf<PublicUser>();
}
const { users, total } = await site.queries.users.list({ status: 'locked', limit: 5 });
expectTypeOf(users[0]?.fields.colour).toEqualTypeOf<'red' | 'blue' | null | undefined>();
expectTypeOf(total).toEqualTypeOf<number>();
// @ts-expect-error no such status
void site.queries.users.list({ status: 'banned' });
const [address] = await site.queries.addresses.listOf(1);
expectTypeOf(address?.fields.floor).toEqualTypeOf<number | null | undefined>();
// @ts-expect-error a field of users
void address?.fields.bio;

// The options written in place are as good.
const inline = createSite({ users: { fields: { size: field.dropdown({ options: ['S', 'M'] }) } } });
const sized = await inline.queries.users.findByLoginName('ada');
expectTypeOf(sized?.fields.size).toEqualTypeOf<'S' | 'M' | null | undefined>();

// Where only users come in there is one; elsewhere it may be null.
defineAction({
  access: 'user',
  handler: (_input, ctx) => {
    expectTypeOf(ctx.user.email).toEqualTypeOf<string>();
    expectTypeOf(ctx.user.unverifiedEmail).toEqualTypeOf<string | null>();
    expectTypeOf(ctx.user.createdAt).toEqualTypeOf<number>();
    expectTypeOf(ctx.user.impersonator?.id).toEqualTypeOf<number | undefined>();
    expectTypeOf(publicUser(ctx.user)).toEqualTypeOf<PublicUser>();
    // @ts-expect-error no hash leaves the site
    void ctx.user.passwordHash;
  },
});
defineAction({
  access: (ctx) => ctx.can('editUsers'),
  input: z.object({ id: z.number() }),
  handler: (_input, ctx) => {
    // @ts-expect-error there may be none
    void ctx.user.email;
    expectTypeOf(ctx.user?.can('editUsers')).toEqualTypeOf<boolean | undefined>();
  },
});

function page(ctx: PorticoContext): string {
  expectTypeOf(ctx.can('viewUsers')).toEqualTypeOf<boolean>();
  // @ts-expect-error one permission
  ctx.can();
  // @ts-expect-error by its name
  ctx.can(['viewUsers']);
  const user = ctx.requireLogin();
  expectTypeOf(user).toEqualTypeOf<CurrentUser>();
  // @ts-expect-error it takes nothing
  ctx.requireLogin('/login');
  return user.friendlyName ?? user.email;
}
void page;

// Clients see the ready-made actions as they see the app's own.
const client = createClient<typeof portico>();
const login = await client.users.login({ loginName: 'ada', password: 'x' });
expectTypeOf(login.data?.returnUrl).toEqualTypeOf<string | undefined>();
expectTypeOf(login.data?.user.email).toEqualTypeOf<string | undefined>();
// @ts-expect-error the name is called loginName
void client.users.login({ username: 'ada', password: 'x' });
// @ts-expect-error no such action
void client.users.signIn;
void client.users.saveUser({ email: 'ada@example.com', fields: { bio: 'Hello.' } });
void client.users.saveUser(new FormData());
const countries = await client.addresses.countries({ locale: 'de' });
expectTypeOf(countries.data?.countries[0]?.code).toEqualTypeOf<string | undefined>();
void client.addresses.countries({});
// @ts-expect-error a language tag
void client.addresses.countries({ locale: 5 });
const managed = await client.users.getUsers({ status: 'locked' });
expectTypeOf(managed.data?.users[0]?.locked).toEqualTypeOf<boolean | undefined>();

// With actions of the app's own beside them.
const both = createPortico({
  actions: { ping: defineAction({ handler: () => 'pong' as const }) },
  plugins: [site],
});
const mixed = createClient<typeof both>();
expectTypeOf((await mixed.ping()).data).toEqualTypeOf<'pong' | undefined>();
void mixed.users.logout();
