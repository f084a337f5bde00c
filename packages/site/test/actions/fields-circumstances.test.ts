import { expect, it } from 'vitest';
import { field } from '../../src/fields/define.ts';
import { describeSites } from '../support/site.ts';

const fields = {
  born: field.date({ frontend: true }),
  wakes: field.time({ frontend: true }),
  seen: field.date({ frontend: true }),
};
const posted = {
  born: { date: '2.1.1990' },
  wakes: { time: '06:30', timezone: 'UTC' },
  seen: 'now',
};
const kept = {
  born: '1990-01-02T00:00:00.000Z',
  wakes: '07:30:00',
  seen: '2027-01-15T12:00:00.000Z',
};

describeSites('fields of users and addresses', (open) => {
  it('are read in the language and time zone of the primary site, by its clock', async () => {
    const app = await open({
      timeZone: 'Europe/Berlin',
      sites: [{ handle: 'de', language: 'de' }],
      users: { fields },
      addresses: { fields },
    });
    const ada = await app.user();
    const visitor = await app.login(ada);
    Object.assign(app.site.services, { now: () => Date.parse('2027-01-15T12:00:00Z') });

    const user = await visitor.json('users/save-user', { userId: ada.id, fields: posted });
    expect(user.status, user.text).toBe(200);
    expect((await app.site.queries.users.find(ada.id))?.fields).toMatchObject(kept);

    const address = await visitor.json('users/save-address', {
      title: 'Home',
      fullName: 'Ada Lovelace',
      countryCode: 'DE',
      addressLine1: 'Hauptstraße 1',
      postalCode: '10115',
      locality: 'Berlin',
      fields: posted,
    });
    expect(address.status, address.text).toBe(200);
    expect(address.json.address.fields).toMatchObject(kept);
  });
});
