import { expect, it } from 'vitest';
import { describeSites } from '../support/site.ts';

const FORMAT = 'addresses/format';
const names = (fields: ReadonlyArray<{ name: string }>): string[] => fields.map(({ name }) => name);

describeSites('GET addresses/format', (open) => {
  it('says which fields an address of a country has, to anybody, for an hour', async () => {
    const site = await open();
    const answer = await site.visitor().read(FORMAT, { country: 'US' });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('cache-control')).toBe('public, max-age=3600');
    const { countryCode, countryName, fields } = answer.json;
    expect([countryCode, countryName]).toEqual(['US', 'United States']);
    expect(names(fields)).toEqual([
      'fullName',
      'organization',
      'addressLine1',
      'addressLine2',
      'addressLine3',
      'locality',
      'administrativeArea',
      'postalCode',
    ]);
    expect(fields.at(-1)).toMatchObject({ label: 'ZIP code', required: true, example: '95014' });
    expect(fields.at(-2).options[0]).toEqual({ value: 'AL', iso: 'AL', name: 'Alabama', latinName: null });
  });

  it('takes the country by either name, and the default one without', async () => {
    const site = await open({ defaultCountryCode: 'DE' });
    const visits = site.visitor();
    expect((await visits.read(FORMAT, { countryCode: 'JP' })).json.countryCode).toBe('JP');
    expect((await visits.read(FORMAT)).json.countryCode).toBe('DE');
    expect((await visits.read(FORMAT, { country: '' })).json.countryCode).toBe('DE');
  });

  it('names the country in the language asked for, and follows its order', async () => {
    const site = await open();
    const { json } = await site.visitor().read(FORMAT, { country: 'JP', locale: 'ja' });
    expect(json.countryName).toBe('日本');
    expect(names(json.fields)[0]).toBe('postalCode');
  });

  it('refuses countries and languages that there are none of, uncached', async () => {
    const site = await open();
    const wrong: ReadonlyArray<readonly [Record<string, string>, string, string]> = [
      [{ country: 'us' }, 'country', 'Country must be written in capitals: US.'],
      [
        { countryCode: 'XX' },
        'countryCode',
        'Country must be the two letters of its ISO 3166-1 code, such as US or DE.',
      ],
      [
        { country: '__proto__' },
        'country',
        'Country must be the two letters of its ISO 3166-1 code, such as US or DE.',
      ],
      [
        { country: 'US', locale: 'not a locale' },
        'locale',
        'locale must be a language tag such as en or de-AT.',
      ],
    ];
    for (const [query, name, message] of wrong) {
      const answer = await site.visitor().read(FORMAT, query);
      expect([answer.status, answer.json.errors]).toEqual([400, { [name]: [message] }]);
      expect(answer.headers.get('cache-control')).not.toContain('public');
    }
  });

  it('asks for what the site’s settings ask for', async () => {
    const site = await open({
      showFirstAndLastNameFields: true,
      addresses: { required: ['organizationTaxId'] },
    });
    const { fields } = (await site.visitor().read(FORMAT, { country: 'DE' })).json;
    expect(names(fields)).toEqual(expect.arrayContaining(['firstName', 'lastName', 'organizationTaxId']));
    expect(fields.find(({ name }: { name: string }) => name === 'organizationTaxId').required).toBe(true);
  });
});
