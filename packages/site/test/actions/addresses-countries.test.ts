import { expect, it } from 'vitest';
import { describeSites } from '../support/site.ts';

const COUNTRIES = 'addresses/countries';

describeSites('GET addresses/countries', (open) => {
  it('lists all countries by name, to anybody, for an hour', async () => {
    const site = await open();
    const answer = await site.visitor().read(COUNTRIES);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('cache-control')).toBe('public, max-age=3600');
    const { countries } = answer.json;
    expect(Object.keys(answer.json)).toEqual(['countries']);
    expect(countries[0]).toEqual({ code: 'AF', name: 'Afghanistan' });
    expect(countries.at(-1)).toEqual({ code: 'ZW', name: 'Zimbabwe' });
    expect(countries.length).toBeGreaterThan(200);
    expect(answer.headers.getSetCookie()).toEqual([]);
  });

  it('names and sorts them in the language asked for', async () => {
    const site = await open();
    const { countries } = (await site.visitor().read(COUNTRIES, { locale: 'de-AT' })).json;
    const names = countries.map(({ name }: { name: string }) => name);
    expect(countries[0]).toEqual({ code: 'AF', name: 'Afghanistan' });
    expect(names.indexOf('Ägypten')).toBeLessThan(names.indexOf('Albanien'));
    expect(names).toContain('Österreich');
  });

  it('refuses what is no language, uncached', async () => {
    const site = await open();
    for (const locale of ['not a locale', '__proto__', 'x'.repeat(101)]) {
      const answer = await site.visitor().read(COUNTRIES, { locale });
      expect(answer.status).toBe(400);
      expect(answer.json.errors).toHaveProperty('locale');
      expect(answer.headers.get('cache-control')).not.toContain('public');
    }
  });
});
