import { createPortico, defineAction } from 'portico';
import { expect, test } from 'vitest';

test.each([
  ['acces', 'access'],
  ['accesss', 'access'],
  ['acecss', 'access'],
  ['Access', 'access'],
  ['limits', 'limit'],
  ['inupt', 'input'],
])('an action with %s instead of %s is refused, and told the right name', (wrong, right) => {
  const options = { [wrong]: 'user', handler: () => null };
  expect(() => defineAction(options as never)).toThrow(
    new TypeError(`defineAction: there is no option "${wrong}". Did you mean ${right}?`),
  );
});

test('of what is like nothing the name is told alone, and what is undefined says nothing', () => {
  expect(() => defineAction({ handler: () => null, rights: 1 } as never)).toThrow(
    new TypeError('defineAction: there is no option "rights".'),
  );
  expect(() => defineAction({ handler: () => null, rights: undefined } as never)).not.toThrow();
});

test('an app with an option that nobody knows is refused', () => {
  expect(() => createPortico({ actions: {}, csfr: 'token' } as never)).toThrow(
    new TypeError('createPortico: there is no option "csfr". Did you mean csrf?'),
  );
});
