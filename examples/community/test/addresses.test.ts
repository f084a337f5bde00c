import { beforeAll, describe, expect, test } from 'vitest';
import { useSite } from './site.ts';
import { formOf, type Visitor } from './visitor.ts';

const site = useSite();

const NEW = '/account/addresses/new';
const FORM = 'Save the address';

let ruth: Visitor;
beforeAll(async () => {
  ruth = await site.member('ruth');
});

describe('addresses', () => {
  test('a wrong postal code is told at its field, put right, and the address stands in the list', async () => {
    const page = await ruth.submit(`${NEW}?country=DE`, FORM, {
      title: 'Studio',
      fullName: 'Ruth Abara',
      addressLine1: 'Töpferweg 3',
      postalCode: '9999',
      locality: 'Höhr-Grenzhausen',
    });
    expect(page.status).toBe(422);
    const { markup, hidden } = formOf(page.body, FORM);
    expect(markup).toMatch(/name="postalCode"[^>]*aria-invalid="true"/);
    expect(markup).toContain('Postal code is not valid for Germany: “9999”.');
    expect(markup).toContain('value="Töpferweg 3"');
    expect(hidden['countryCode']).toBe('DE');

    const saved = await ruth.post(`${NEW}?_action=users.saveAddress`, {
      ...hidden,
      title: 'Studio',
      fullName: 'Ruth Abara',
      addressLine1: 'Töpferweg 3',
      postalCode: '56203',
      locality: 'Höhr-Grenzhausen',
    });
    expect([saved.status, saved.headers.get('location')]).toEqual([303, '/account/addresses']);
    const list = await ruth.get('/account/addresses');
    expect(list.body).toContain('Address saved.');
    expect(list.body).toMatch(
      /<h2>Studio<\/h2>\s*<address>Ruth Abara<br[^>]*>Töpferweg 3<br[^>]*>56203 Höhr-Grenzhausen/,
    );
  });

  test('the country decides over the fields, their order and their names, by a plain GET', async () => {
    const names = async (country: string): Promise<string[]> => {
      const { markup } = formOf((await ruth.get(`${NEW}?country=${country}`)).body, FORM);
      return [...markup.matchAll(/<(?:input|select)\b[^>]*\bname="(\w+)"/g)]
        .map(([, name = '']) => name)
        .filter((name) => !/^(?:PORTICO|redirect|failMessage|countryCode|title)/.test(name));
    };
    expect(await names('US')).toContain('administrativeArea');
    expect(await names('DE')).not.toContain('administrativeArea');
    expect(await names('JP')).not.toEqual(await names('US'));
    const states = formOf((await ruth.get(`${NEW}?country=US`)).body, FORM).markup;
    expect(states).toContain('<option value="CA">California</option>');
    expect(states).toContain('>ZIP code</label>');
  });

  test('a country that is none is the usual one', async () => {
    const { hidden } = formOf((await ruth.get(`${NEW}?country=Atlantis`)).body, FORM);
    expect(hidden['countryCode']).toBe('GB');
  });

  test('an address is changed, moves to another country, and is deleted', async () => {
    const list = await ruth.get('/account/addresses');
    const path = /href="(\/account\/addresses\/\d+)"/.exec(list.body)?.[1] ?? '';
    expect(formOf((await ruth.get(path)).body, FORM).markup).toContain('value="56203"');
    const saved = await ruth.submit(`${path}?country=FR`, FORM, {
      title: 'Atelier',
      fullName: 'Ruth Abara',
      addressLine1: '1 rue du Four',
      postalCode: '58000',
      locality: 'Nevers',
    });
    expect(saved.headers.get('location')).toBe('/account/addresses');
    const changed = await ruth.get('/account/addresses');
    expect(changed.body).toContain('58000 Nevers');
    expect(changed.body).not.toContain('Töpferweg');

    const deleted = await ruth.submit(path, 'Delete this address', {});
    expect([deleted.status, deleted.headers.get('location')]).toEqual([303, '/account/addresses']);
    const empty = await ruth.get('/account/addresses');
    expect(empty.body).toContain('Address deleted.');
    expect(empty.body).toContain('No address yet.');
  });

  test('the address of somebody else is not there', async () => {
    await ruth.submit(`${NEW}?country=FR`, FORM, {
      addressLine1: '1 rue du Four',
      postalCode: '58000',
      locality: 'Nevers',
    });
    const path = /href="(\/account\/addresses\/\d+)"/.exec((await ruth.get('/account/addresses')).body)?.[1];
    const kenji = await site.member('kenji');
    expect((await kenji.get(path ?? '')).status).toBe(404);
    expect((await kenji.get('/account/addresses')).body).toContain('No address yet.');
    expect((await kenji.get('/account/addresses/x')).status).toBe(404);
  });
});
