import { expect, it } from 'vitest';
import { personName, type PersonName, type PostedName } from '../../src/users/person-name.ts';

const none: PersonName = { fullName: null, firstName: null, lastName: null };
const ada: PersonName = { fullName: 'Ada Lovelace', firstName: 'Ada', lastName: 'Lovelace' };
const name = (fullName: string | null, firstName: string | null, lastName: string | null): PersonName => ({
  fullName,
  firstName,
  lastName,
});

it.each<[string, PostedName, PersonName, PersonName]>([
  ['keeps what was not sent', {}, ada, ada],
  [
    'takes a full name apart',
    { fullName: ' Grace Brewster Hopper ' },
    none,
    name('Grace Brewster Hopper', 'Grace Brewster', 'Hopper'),
  ],
  [
    'keeps small words with the last name',
    { fullName: 'Vincent van Gogh' },
    none,
    name('Vincent van Gogh', 'Vincent', 'van Gogh'),
  ],
  ['takes one word for a first name', { fullName: 'Plato' }, ada, name('Plato', 'Plato', null)],
  ['takes the last of small words', { fullName: 'bell hooks' }, none, name('bell hooks', 'bell', 'hooks')],
  [
    'lets a full name win',
    { fullName: 'Ada King', firstName: 'X', lastName: 'Y' },
    ada,
    name('Ada King', 'Ada', 'King'),
  ],
  [
    'makes a full name of the parts',
    { firstName: 'Ada', lastName: 'King' },
    none,
    name('Ada King', 'Ada', 'King'),
  ],
  ['keeps the part that was not sent', { lastName: 'King' }, ada, name('Ada King', 'Ada', 'King')],
  [
    'keeps the other part that was not sent',
    { firstName: 'Augusta' },
    ada,
    name('Augusta Lovelace', 'Augusta', 'Lovelace'),
  ],
  ['clears one part', { lastName: '' }, ada, name('Ada', 'Ada', null)],
  ['clears both parts and the whole', { firstName: '', lastName: null }, ada, none],
  ['clears all by a blank full name', { fullName: ' ' }, ada, none],
  [
    'leaves a blank full name to the parts beside it',
    { fullName: '', firstName: 'Ada', lastName: 'King' },
    none,
    name('Ada King', 'Ada', 'King'),
  ],
  [
    'keeps parts that were set by hand',
    { fullName: 'Mary Ann Smith Jones' },
    name('Mary Ann Smith Jones', 'Mary Ann', 'Smith Jones'),
    name('Mary Ann Smith Jones', 'Mary Ann', 'Smith Jones'),
  ],
])('%s', (_rule, posted, current, expected) => {
  expect(personName(posted, current)).toEqual(expected);
});

it('returns the name alone, whoever it belongs to', () => {
  expect(personName({}, { ...ada, id: 5 } as PersonName)).toEqual(ada);
});
