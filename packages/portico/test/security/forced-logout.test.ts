import { createMemorySessionStore, createPortico, defineAction, type PorticoOptions } from 'portico';
import { csrfInput } from 'portico/html';
import { describe, expect, it } from 'vitest';
import { production } from '../support/production.ts';
import { DOORS, bodyFor, ROUTES } from './doors.ts';

// A form of another site is sent without cookies that are SameSite=Lax. What its answer sets, the browser keeps.

function site(options: Omit<PorticoOptions, 'actions'>) {
  const notes = { save: defineAction({ accept: 'any', handler: () => null }) };
  const portico = createPortico({ actions: { notes }, routes: ROUTES, ...production, ...options });
  return portico.wrap((request) => new Response(String(csrfInput(portico.context(request)))));
}

describe.each([
  ['a cookie', () => ({})],
  ['a store', () => ({ session: { store: createMemorySessionStore() } })],
] as const)('a form of another site, sessions in %s', (_name, options) => {
  it.each(DOORS)('begins no session in place of the visitor’s own, at the door $name', async (door) => {
    const { body, type } = bodyFor(door, { title: 'Hello' });
    for (const from of ['cross-site', 'same-site']) {
      const headers = {
        'content-type': type,
        'sec-fetch-site': from,
        origin: 'https://evil.example',
        referer: 'http://localhost/page',
      };
      const answer = await site(options())(
        new Request(`http://localhost${door.path}`, { method: 'POST', headers, body }),
      );
      expect([answer.status >= 300, answer.headers.getSetCookie()]).toEqual([true, []]);
    }
  });

  it('begins one for a visitor whose own has ended: his page has a token that fits', async () => {
    const app = site({ ...options(), csrf: 'token' });
    const headers = { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' };
    const post = (body: string, cookie = ''): Promise<Response> =>
      app(
        new Request('http://localhost/page?_action=notes.save', {
          method: 'POST',
          headers: { ...headers, cookie },
          body,
        }),
      );
    const refused = await post('PORTICO_CSRF_TOKEN=old');
    expect(refused.status).toBe(403);
    const [, token = ''] = /value="([^"]+)"/.exec(await refused.text()) ?? [];
    const [cookie] = refused.headers.getSetCookie()[0]?.split(';', 1) ?? [];
    expect((await post(`PORTICO_CSRF_TOKEN=${token}`, cookie)).status).toBe(303);
  });
});
