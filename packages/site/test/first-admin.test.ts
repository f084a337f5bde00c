import { expect, test } from 'vitest';
import { describeSites } from './support/site.ts';

const EMAIL = 'owner@example.com';

/** Path and query of a link. */
function pathOf(link: string | undefined): string {
  const { pathname, search } = new URL(link ?? '');
  return pathname + search;
}

describeSites('the first administrator', (open) => {
  test('sets a password by the link, once, and is an administrator', async () => {
    const site = await open({ autoLoginAfterAccountActivation: true });
    const link = await site.site.firstAdminLink(EMAIL);
    expect(link?.startsWith(`${site.origin}/setpassword?code=`)).toBe(true);
    site.transcript.code(new URL(link ?? '').searchParams.get('code') ?? '');
    const visitor = site.visitor();
    expect((await visitor.get(pathOf(link))).status).toBe(200);
    const { searchParams } = new URL(link ?? '');
    const answer = await visitor.form('/setpassword', 'users/set-password', {
      code: searchParams.get('code'),
      id: searchParams.get('id'),
      newPassword: 'a brick in the damper',
    });
    expect(answer.status).toBe(303);
    expect(await site.site.queries.users.findByLoginName(EMAIL)).toMatchObject({
      admin: true,
      status: 'active',
      verified: true,
    });
    expect(await site.site.firstAdminLink(EMAIL)).toBeUndefined();
    expect((await visitor.get(pathOf(link))).status).toBe(400);
  });

  test('asked for again, the link of before is worth nothing, and there is one account', async () => {
    const site = await open();
    const first = await site.site.firstAdminLink(EMAIL);
    const second = await site.site.firstAdminLink(EMAIL);
    for (const link of [first, second])
      site.transcript.code(new URL(link ?? '').searchParams.get('code') ?? '');
    expect((await site.visitor().get(pathOf(first))).status).toBe(400);
    expect((await site.visitor().get(pathOf(second))).status).toBe(200);
    expect((await site.site.queries.users.list()).total).toBe(1);
  });

  test('there is none where somebody can sign in as an administrator', async () => {
    const site = await open();
    await site.user({ admin: true });
    expect(await site.site.firstAdminLink(EMAIL)).toBeUndefined();
    expect((await site.site.queries.users.list()).total).toBe(1);
  });

  test('the account of somebody else is not handed out', async () => {
    const site = await open();
    const { email } = await site.user();
    await expect(site.site.firstAdminLink(email)).rejects.toThrow('Name another address');
  });
});
