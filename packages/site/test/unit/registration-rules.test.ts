import { describe, expect, it } from 'vitest';
import { registered } from '../../src/users/account-state.ts';
import { addressClaim, isReclaimable } from '../../src/users/registration/address-claim.ts';
import { emailChange, type EmailChange } from '../../src/users/profile/change-email.ts';
import { rightsOver } from '../../src/users/profile/save-rights.ts';
import type { User } from '../../src/users/user.ts';

const unused = { status: 'inactive', verified: false, approved: false, passwordHash: null } as const;
const user = (changes: Partial<User> = {}): User =>
  ({
    id: 1,
    email: 'ada@example.com',
    status: 'active',
    verified: true,
    approved: true,
    suspended: false,
    admin: false,
    groups: [],
    permissions: [],
    passwordHash: 'hash',
    lastLoginAt: null,
    ...changes,
  }) as User;

describe('what the address of a registration stands for', () => {
  const settings = { users: { defaultGroup: 'members' } } as never;
  const claim = async (
    owner: User | undefined,
    rules: {
      deactivateByDefault?: boolean;
      requireEmailVerification?: boolean;
      defersPassword?: boolean;
    } = {},
  ): Promise<string> => {
    const beginning = registered({
      deactivateByDefault: false,
      requireEmailVerification: true,
      defersPassword: false,
      ...rules,
    });
    const users = { findByEmail: async () => owner };
    return (await addressClaim(users, settings, 'ada@example.com', beginning)).kind;
  };

  it('is free without an account', async () => {
    expect(await claim(undefined)).toBe('free');
  });

  it.each(['active', 'pending'] as const)('is taken by an account that is %s', async (status) => {
    expect(await claim(user({ status }))).toBe('taken');
  });

  it('hands over an account that nobody ever used, where a mail proves the address', async () => {
    expect(await claim(user(unused))).toBe('reclaimable');
    expect(await claim(user(unused), { defersPassword: true })).toBe('reclaimable');
  });

  it('makes a separate account where no mail proves the address', async () => {
    expect(await claim(user(unused), { requireEmailVerification: false })).toBe('free');
    expect(await claim(user(unused), { requireEmailVerification: false, defersPassword: true })).toBe('free');
  });

  it('leaves an account closed that was in use', async () => {
    expect(await claim(user({ status: 'inactive', approved: false }))).toBe('free');
    expect(await claim(user({ ...unused, lastLoginAt: 1 }))).toBe('free');
  });

  it('makes no second application where an administrator is to decide', async () => {
    expect(await claim(user(unused), { deactivateByDefault: true })).toBe('waiting');
    expect(await claim(user({ ...unused, lastLoginAt: 1 }), { deactivateByDefault: true })).toBe('free');
  });

  it.each<[string, Partial<User>]>([
    ['a password', { passwordHash: 'hash' }],
    ['a login', { lastLoginAt: 1 }],
    ['a suspension', { suspended: true }],
    ['administrator rights', { admin: true }],
    ['a permission', { permissions: ['editusers'] }],
    ['a group of its own', { groups: ['editors'] }],
    ['an activation', { status: 'active' }],
  ])('hands over no account with %s', (_what, changes) => {
    expect(isReclaimable(user({ ...unused, ...changes }), settings)).toBe(false);
    expect(isReclaimable(user({ ...unused, groups: ['members'] }), settings)).toBe(true);
  });
});

describe('what a posted address does', () => {
  interface Case {
    email?: string | null;
    status?: User['status'];
    isSelf?: boolean;
    mayAdministrate?: boolean;
    sendsMail?: boolean;
    requires?: boolean;
  }
  it.each<[EmailChange, string, Case]>([
    ['none', 'not sent', { email: undefined as never }],
    ['none', 'empty', { email: null }],
    ['none', 'unchanged', { email: 'ada@example.com' }],
    ['respelled', 'in other letters', { email: 'Ada@Example.com' }],
    ['after-verification', 'one’s own', {}],
    ['after-verification', 'one’s own, asking for no mail without the right to', { sendsMail: false }],
    ['now', 'one’s own, where none is confirmed', { requires: false }],
    ['now', 'one’s own, of an administrator', { mayAdministrate: true }],
    [
      'after-verification',
      'one’s own, of an administrator who wants it',
      { mayAdministrate: true, sendsMail: true },
    ],
    ['none', 'another’s, without the right to', { isSelf: false }],
    ['now', 'another’s', { isSelf: false, mayAdministrate: true }],
    [
      'after-verification',
      'another’s, with a mail',
      { isSelf: false, mayAdministrate: true, sendsMail: true },
    ],
    [
      'now',
      'a pending user’s, with a mail',
      { isSelf: false, mayAdministrate: true, sendsMail: true, status: 'pending' },
    ],
  ])('%s: %s', (expected, _what, given) => {
    const {
      email,
      status = 'active',
      isSelf = true,
      mayAdministrate = false,
      sendsMail,
      requires = true,
    } = given;
    const kind = emailChange({
      email: 'email' in given ? email : 'new@example.com',
      user: { email: 'ada@example.com', status },
      isSelf,
      mayAdministrate,
      sendsMail,
      settings: { users: { requireEmailVerification: requires } } as never,
    });
    expect(kind).toBe(expected);
  });
});

describe('what one user may change of another', () => {
  const settings = { users: { groups: {} } } as never;
  const editor = user({ id: 2, permissions: ['viewusers', 'editusers'] });
  const administrator = user({ id: 3, permissions: ['viewusers', 'editusers', 'administrateusers'] });
  const admin = user({ id: 4, admin: true });
  const member = user();
  const allowed = (actor: User, target: User, isElevated = false): string[] =>
    Object.entries(rightsOver(settings, actor, target, isElevated))
      .filter(([, may]) => may === true)
      .map(([right]) => right);

  it.each([
    ['themselves', member, member, ['edits', 'setsPassword', 'setsEmail', 'setsUsername']],
    ['a member as a member', member, user({ id: 9 }), []],
    ['a member as an editor', editor, member, ['edits']],
    ['a member as administrateUsers', administrator, member, ['edits', 'administrates', 'setsEmail']],
    ['an editor as administrateUsers', administrator, editor, ['edits', 'administrates', 'setsEmail']],
    ['an administrator as administrateUsers', administrator, admin, []],
    ['a member as an administrator', admin, member, ['edits', 'administrates', 'setsEmail', 'setsUsername']],
  ])('%s', (_what, actor, target, expected) => {
    expect(allowed(actor, target)).toEqual(expected);
  });

  it('takes nobody’s address who may do more (CVE-2024-21622)', () => {
    const stronger = user({ permissions: ['viewusers', 'editusers', 'deleteusers'] });
    expect(allowed(administrator, stronger)).toEqual(['edits', 'administrates']);
  });

  it('makes administrators only as one, with an elevated session, and never of oneself', () => {
    expect(allowed(admin, member, true)).toContain('setsAdmin');
    expect(allowed(admin, member, false)).not.toContain('setsAdmin');
    expect(allowed(administrator, member, true)).not.toContain('setsAdmin');
    expect(allowed(admin, admin, true)).not.toContain('setsAdmin');
  });
});
