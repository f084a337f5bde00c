import { describe, expect, it } from 'vitest';
import { createClient, isInputError } from '../../src/client.ts';
import { portico, type server } from './app.ts';

const client = createClient<typeof portico>({ baseUrl: 'https://app.test', fetch: portico.fetch });

describe('a client of a real app', () => {
  it('carries rich values both ways', async () => {
    const input = {
      at: new Date(1),
      big: 2n ** 70n,
      to: new URL('https://a.test/x?y'),
      tags: new Set(['a', 'b']),
      prices: new Map([['small', 1.5]]),
    };
    expect(await client.echo(input)).toEqual({ data: input, error: undefined });
  });

  it('sends objects to actions that take forms only', async () => {
    const input = {
      email: 'a@b.test',
      terms: true,
      address: { city: 'Łódź', lines: ['1', '', '3'] },
      items: [
        { qty: 1, note: null },
        { qty: 2.5, note: 'n' },
      ],
      ids: [7],
      none: [],
      when: new Date(5),
    };
    expect(await client.newsletter(input)).toEqual({ data: { ...input, file: undefined }, error: undefined });
    const file = new File(['content'], 'ü.txt', { type: 'text/plain' });
    const { data } = await client.newsletter({ ...input, terms: false, file });
    expect(data).toEqual({ ...input, terms: false, file: { name: 'ü.txt', text: 'content' } });
  });

  it('sends FormData where it is taken', async () => {
    const form = new FormData();
    form.append('n', '5');
    expect(await client.either(form)).toEqual({ data: 5, error: undefined });
    expect(await client.either({ n: 6 })).toEqual({ data: 6, error: undefined });
    expect(await client.rawForm(form)).toEqual({ data: ['n'], error: undefined });
  });

  it('calls without an argument', async () => {
    expect(await client.nothing()).toStrictEqual({ data: undefined, error: undefined });
    expect(await client.bare()).toEqual({ data: 'undefined', error: undefined });
  });

  it('reads by GET, and by POST', async () => {
    const action = client.shop['search.all'];
    const data = { q: 'a b', page: 1, tags: ['x'] };
    expect(await action({ q: 'a b', tags: ['x'] }, { method: 'GET' })).toEqual({ data, error: undefined });
    expect(await action({ q: 'a b', tags: ['x'] })).toEqual({ data, error: undefined });
  });

  it('gets redirects, own errors and input errors', async () => {
    expect(await client.shop.order({ items: [{ qty: 1 }] })).toEqual({
      data: { id: 1 },
      error: undefined,
      redirect: '/thanks',
    });
    const { error } = await client.shop.order({ items: [] });
    expect(error).toMatchObject({ code: 'SOLD_OUT', status: 409, data: { until: new Date(0) } });
    const wrong = await client.shop.order({ items: [{ qty: 1 }, { qty: 0 }] });
    expect(isInputError(wrong.error) && wrong.error.fields).toEqual({ 'items.1.qty': ['Too few'] });
  });

  it('gets what the app refuses, and no more than that', async () => {
    expect((await client.secret()).error).toMatchObject({ code: 'UNAUTHORIZED', status: 401 });
    const { error } = await client.broken();
    expect(error).toMatchObject({ code: 'INTERNAL_SERVER_ERROR', status: 500 });
    expect(error?.requestId).toMatch(/./);
    expect(JSON.stringify(error)).not.toContain('password');
    const other = createClient<{ missing: typeof server.bare }>({
      baseUrl: 'https://app.test',
      fetch: portico.fetch,
    });
    expect((await other.missing()).error).toMatchObject({ code: 'NOT_FOUND', status: 404 });
  });

  it('passes as no forgery without cookies, and is told why it does not with them', async () => {
    const browser = createClient<typeof portico>({
      baseUrl: 'https://app.test',
      fetch: portico.fetch,
      headers: { cookie: 'a=b', origin: 'https://evil.test' },
    });
    const { error } = await browser.nothing();
    expect(error?.code === 'CSRF_FAILED' && error.data.reason).toMatch(/^[a-z-]+$/);
  });

  it('reaches the action without JavaScript by the same name', () => {
    expect(client.shop['search.all'].queryString).toBe(`${portico.actions.shop['search.all']}`);
    expect(client.shop['search.all'].path).toBe(`https://app.test${portico.actions.shop['search.all'].path}`);
  });
});
