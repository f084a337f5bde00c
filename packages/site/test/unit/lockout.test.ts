import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  afterFailure,
  afterSuccess,
  isLocked,
  lockedFor,
  type LockoutSettings,
  type LockoutState,
} from '../../src/users/login/lockout.ts';

const NOW = 1_000_000_000;
const MINUTE = 60_000;
const OPEN: LockoutState = {
  invalidLoginCount: 0,
  invalidLoginWindowStart: null,
  lastInvalidLoginAt: null,
  lockedAt: null,
};
const CRAFT: LockoutSettings = {
  maxInvalidLogins: 5,
  invalidLoginWindowDuration: 3600,
  cooldownDuration: 300,
};

interface Row {
  readonly when: string;
  readonly before: Partial<LockoutState>;
  readonly settings?: Partial<LockoutSettings>;
  readonly after: Partial<LockoutState>;
}

const failures: readonly Row[] = [
  {
    when: 'the first failure begins the window',
    before: {},
    after: { invalidLoginCount: 1, invalidLoginWindowStart: NOW, lockedAt: null },
  },
  {
    when: 'a failure within the window is counted once',
    before: { invalidLoginCount: 2, invalidLoginWindowStart: NOW - 59 * MINUTE },
    after: { invalidLoginCount: 3, invalidLoginWindowStart: NOW - 59 * MINUTE, lockedAt: null },
  },
  {
    when: 'a failure after the window begins another one',
    before: { invalidLoginCount: 4, invalidLoginWindowStart: NOW - 60 * MINUTE },
    after: { invalidLoginCount: 1, invalidLoginWindowStart: NOW, lockedAt: null },
  },
  {
    when: 'the failure that fills the window locks, and ends the count',
    before: { invalidLoginCount: 4, invalidLoginWindowStart: NOW - MINUTE },
    after: { invalidLoginCount: 0, invalidLoginWindowStart: null, lockedAt: NOW },
  },
  {
    when: 'one failure locks where one is allowed',
    before: {},
    settings: { maxInvalidLogins: 1 },
    after: { invalidLoginCount: 0, invalidLoginWindowStart: null, lockedAt: NOW },
  },
  {
    when: 'a failure while locked neither counts nor prolongs the lock',
    before: { lockedAt: NOW - 4 * MINUTE },
    after: {},
  },
  {
    when: 'a failure after the cooldown unlocks and begins a new count',
    before: { lockedAt: NOW - 5 * MINUTE },
    after: { invalidLoginCount: 1, invalidLoginWindowStart: NOW, lockedAt: null },
  },
  {
    when: 'without a cooldown the lock stays',
    before: { lockedAt: NOW - 999 * MINUTE },
    settings: { cooldownDuration: 0 },
    after: {},
  },
  {
    when: 'a window of 0 has no end',
    before: { invalidLoginCount: 3, invalidLoginWindowStart: 0 },
    settings: { invalidLoginWindowDuration: 0 },
    after: { invalidLoginCount: 4, invalidLoginWindowStart: 0, lockedAt: null },
  },
  {
    when: 'nothing is counted with maxInvalidLogins false',
    before: { invalidLoginCount: 4, invalidLoginWindowStart: NOW - MINUTE },
    settings: { maxInvalidLogins: false },
    after: {},
  },
];

describe('a wrong password', () => {
  test.each(failures)('$when', ({ before, settings, after }) => {
    const changes = afterFailure({ ...OPEN, ...before }, { ...CRAFT, ...settings }, NOW);
    expect(changes).toEqual({ lastInvalidLoginAt: NOW, ...after });
  });
});

describe('a lock', () => {
  const locked: ReadonlyArray<[string, number | null, Partial<LockoutSettings>, number]> = [
    ['is none without a time', null, {}, 0],
    ['holds for the cooldown', NOW - 4 * MINUTE, {}, MINUTE],
    ['holds to its last millisecond', NOW - 5 * MINUTE + 1, {}, 1],
    ['ends with the cooldown', NOW - 5 * MINUTE, {}, 0],
    ['has no end with a cooldown of 0', NOW - 999 * MINUTE, { cooldownDuration: 0 }, Infinity],
    ['is ignored with maxInvalidLogins false', NOW, { maxInvalidLogins: false }, 0],
  ];
  test.each(locked)('%s', (_name, lockedAt, settings, left) => {
    expect(lockedFor({ lockedAt }, { ...CRAFT, ...settings }, NOW)).toBe(left);
    expect(isLocked({ lockedAt }, { ...CRAFT, ...settings }, NOW)).toBe(left > 0);
  });

  test('the right password clears count, window and lock', () => {
    expect(afterSuccess()).toEqual({ invalidLoginCount: 0, invalidLoginWindowStart: null, lockedAt: null });
  });
});

test('however the failures fall, there are never more than maxInvalidLogins in a window without a lock', () => {
  const steps = fc.array(fc.integer({ min: 0, max: 90 * MINUTE }), { maxLength: 40 });
  fc.assert(
    fc.property(steps, fc.integer({ min: 1, max: 6 }), (waits, maxInvalidLogins) => {
      const settings = { ...CRAFT, maxInvalidLogins };
      let state = OPEN;
      let now = NOW;
      let counted: number[] = [];
      for (const wait of waits) {
        now += wait;
        if (isLocked(state, settings, now)) continue;
        const wasLocked = state.lockedAt !== null;
        state = { ...state, ...afterFailure(state, settings, now) };
        const start = counted[0];
        const isNewWindow = wasLocked || start === undefined || now >= start + 3_600_000;
        counted = isNewWindow ? [now] : [...counted, now];
        expect(isLocked(state, settings, now)).toBe(counted.length === maxInvalidLogins);
        if (counted.length === maxInvalidLogins) counted = [];
      }
    }),
  );
});
