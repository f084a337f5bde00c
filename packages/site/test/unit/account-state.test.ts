import { describe, expect, it } from 'vitest';
import {
  created,
  isOpen,
  registered,
  transition,
  type AccountEvent,
  type AccountState,
} from '../../src/users/account-state.ts';

const EVENTS: readonly AccountEvent[] = [
  'verify',
  'approve',
  'activate',
  'deactivate',
  'invite',
  'resend',
  'reclaim',
];
const STATUSES = ['inactive', 'pending', 'active'] as const;

/** `pending v-` is pending, verified, not approved. */
const state = (text: string): AccountState => {
  const [status, flags = ''] = text.split(' ');
  return {
    status: status as AccountState['status'],
    verified: flags[0] === 'v',
    approved: flags[1] === 'a',
  };
};
const shown = ({ status, verified, approved }: AccountState): string =>
  `${status} ${verified ? 'v' : '-'}${approved ? 'a' : '-'}`;
const all: readonly AccountState[] = STATUSES.flatMap((status) =>
  ['--', '-a', 'v-', 'va'].map((flags) => state(`${status} ${flags}`)),
);

describe('registering, by the three settings', () => {
  // deactivateByDefault, requireEmailVerification, deferPublicRegistrationPassword → state, link, whether one may come in.
  it.each([
    [false, true, false, 'pending -a', 'verify-email', false],
    [false, true, true, 'pending -a', 'set-password', false],
    [false, false, false, 'active va', null, true],
    [false, false, true, 'active va', 'set-password', true],
    [true, true, false, 'inactive --', null, false],
    [true, true, true, 'inactive --', null, false],
    [true, false, false, 'inactive v-', null, false],
    [true, false, true, 'inactive v-', null, false],
  ] as const)(
    'deactivateByDefault %s, requireEmailVerification %s, deferPublicRegistrationPassword %s: %s, link %s, login %s',
    (deactivateByDefault, requireEmailVerification, defersPassword, expected, link, mayLogIn) => {
      const beginning = registered({ deactivateByDefault, requireEmailVerification, defersPassword });
      expect(shown(beginning.state)).toBe(expected);
      expect(beginning.link).toBe(link);
      expect(isOpen(beginning.state)).toBe(mayLogIn);
    },
  );
});

describe('creating for somebody else', () => {
  // deactivateByDefault, requireEmailVerification, sendsMail, mayApprove → state, link.
  it.each([
    [false, true, true, false, 'pending -a', 'set-password'],
    [false, true, false, false, 'pending -a', null],
    [false, false, true, false, 'active va', 'set-password'],
    [false, false, false, false, 'active va', null],
    [true, true, true, true, 'pending -a', 'set-password'],
    [true, true, true, false, 'inactive --', null],
    [true, true, false, true, 'inactive --', null],
    [true, false, true, true, 'active va', 'set-password'],
    [true, false, true, false, 'inactive v-', null],
  ] as const)(
    'deactivateByDefault %s, requireEmailVerification %s, mail %s, may approve %s: %s, link %s',
    (deactivateByDefault, requireEmailVerification, sendsMail, mayApprove, expected, link) => {
      const beginning = created({ deactivateByDefault, requireEmailVerification, sendsMail, mayApprove });
      expect(shown(beginning.state)).toBe(expected);
      expect(beginning.link).toBe(link);
    },
  );
});

describe('what happens to an account', () => {
  // Each event on each state: the state afterwards, `+` where an activation mail goes out, `!` where it is refused.
  // oxfmt-ignore
  const TABLE: Readonly<Record<string, readonly string[]>> = {
    //              verify         approve          activate     deactivate     invite         resend         reclaim
    'inactive --': ['inactive v-', 'pending -a +', 'active va', 'inactive --', 'pending -a +', 'inactive -- !', 'active va'],
    'inactive -a': ['inactive va', 'pending -a +', 'active va', 'inactive --', 'pending -a +', 'inactive -a !', 'active va'],
    'inactive v-': ['inactive v-', 'active va', 'active va', 'inactive v-', 'pending -a +', 'inactive v- !', 'active va'],
    'inactive va': ['inactive va', 'active va', 'active va', 'inactive v-', 'pending -a +', 'inactive va !', 'active va'],
    'pending --': ['pending v-', 'pending -a +', 'active va', 'inactive --', 'pending -a +', 'pending -- +', 'pending v-'],
    'pending -a': ['active va', 'pending -a', 'active va', 'inactive --', 'pending -a +', 'pending -a +', 'active va'],
    'pending v-': ['pending v-', 'active va', 'active va', 'inactive v-', 'pending -a +', 'pending v- !', 'pending v-'],
    'pending va': ['active va', 'active va', 'active va', 'inactive v-', 'pending -a +', 'pending va !', 'active va'],
    'active --': ['active v-', 'active -a', 'active va', 'inactive --', 'active -- !', 'active -- !', 'active v-'],
    'active -a': ['active va', 'active -a', 'active va', 'inactive --', 'active -a !', 'active -a !', 'active va'],
    'active v-': ['active v-', 'active va', 'active va', 'inactive v-', 'active v- !', 'active v- !', 'active v-'],
    'active va': ['active va', 'active va', 'active va', 'inactive v-', 'active va !', 'active va !', 'active va'],
  };
  const rows = Object.entries(TABLE).flatMap(([from, results]) =>
    EVENTS.map((event, at) => [from, event, results[at] as string] as const),
  );

  it.each(rows)('%s, %s: %s', (from, event, expected) => {
    const { state: after, sendsActivation, refused } = transition(state(from), event);
    expect(`${shown(after)}${sendsActivation ? ' +' : ''}${refused ? ' !' : ''}`).toBe(expected);
  });

  it('has a row for each state there is', () => {
    expect(Object.keys(TABLE).toSorted()).toEqual(all.map(shown).toSorted());
  });

  it('opens no account by a code alone that an administrator has not let in (craftcms/cms#17982)', () => {
    const opened = all.filter(
      (from) => !from.approved && from.status !== 'active' && isOpen(transition(from, 'verify').state),
    );
    expect(opened).toEqual([]);
  });

  it('reopens nothing that was closed, by a code or a mail that its owner asks for', () => {
    for (const from of all) {
      const closed = transition(from, 'deactivate').state;
      expect(isOpen(transition(closed, 'verify').state)).toBe(false);
      expect(transition(closed, 'resend').refused).toBe(true);
    }
  });

  it('holds nothing beside the three, so that it can be spread into changes', () => {
    for (const from of all) {
      for (const event of EVENTS) {
        expect(Object.keys(transition({ ...from, admin: true } as AccountState, event).state)).toEqual([
          'status',
          'verified',
          'approved',
        ]);
      }
    }
  });
});
