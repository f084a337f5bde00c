import { createPortico, defineAction, type PorticoOptions } from 'portico';
import { csrfToken } from 'portico/html';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { serve, type Served } from '../support/serve.ts';
import { bodyFor, DOORS, ROUTES, type Door } from './doors.ts';

// DESIGN.md, section 5: mode × door × headers × token, over real requests.

type Mode = NonNullable<PorticoOptions['csrf']>;
type Token = 'none' | 'valid' | 'wrong';

interface Row {
  readonly name: string;
  readonly headers: (origin: string) => Record<string, string>;
  readonly cookies: boolean;
  /** What the headers alone say: nothing, or the reason for refusing. */
  readonly refused?: string;
}

const own = (origin: string): string => origin;
const ROWS: readonly Row[] = [
  {
    name: 'Sec-Fetch-Site: same-origin',
    headers: () => ({ 'sec-fetch-site': 'same-origin' }),
    cookies: true,
  },
  { name: 'its own Origin', headers: (origin) => ({ origin: own(origin) }), cookies: true },
  {
    name: 'its own Origin in capitals',
    headers: (origin) => ({ origin: origin.toUpperCase() }),
    cookies: true,
  },
  {
    name: 'a trusted Origin',
    headers: () => ({ origin: 'https://app.example', 'sec-fetch-site': 'cross-site' }),
    cookies: true,
  },
  {
    name: 'another Origin with Sec-Fetch-Site: same-origin, as behind a proxy',
    headers: () => ({ origin: 'https://public.example', 'sec-fetch-site': 'same-origin' }),
    cookies: true,
  },
  { name: 'neither header nor cookies: curl', headers: () => ({}), cookies: false },
  {
    name: 'a Bearer token and no cookies: a mobile app',
    headers: () => ({ authorization: 'Bearer abc' }),
    cookies: false,
  },
  { name: 'neither header, but cookies', headers: () => ({}), cookies: true, refused: 'no-origin' },
  {
    name: 'neither header, but Basic authentication',
    headers: () => ({ authorization: 'Basic dTpw' }),
    cookies: false,
    refused: 'no-origin',
  },
  {
    name: 'Sec-Fetch-Site: none',
    headers: () => ({ 'sec-fetch-site': 'none' }),
    cookies: true,
    refused: 'no-origin',
  },
  {
    name: 'Sec-Fetch-Site: cross-site',
    headers: () => ({ 'sec-fetch-site': 'cross-site' }),
    cookies: true,
    refused: 'cross-site',
  },
  {
    name: 'Sec-Fetch-Site: same-site',
    headers: () => ({ 'sec-fetch-site': 'same-site' }),
    cookies: true,
    refused: 'cross-site',
  },
  {
    name: 'Sec-Fetch-Site: cross-site without cookies',
    headers: () => ({ 'sec-fetch-site': 'cross-site' }),
    cookies: false,
    refused: 'cross-site',
  },
  {
    name: 'another Origin',
    headers: () => ({ origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }),
    cookies: true,
    refused: 'origin-mismatch',
  },
  {
    name: 'another Origin alone',
    headers: () => ({ origin: 'https://evil.example' }),
    cookies: true,
    refused: 'origin-mismatch',
  },
  {
    name: 'the Origin of another port',
    headers: (origin) => ({ origin: origin.replace(/\d+$/, '1') }),
    cookies: true,
    refused: 'origin-mismatch',
  },
  {
    name: 'an Origin that starts like a trusted one',
    headers: () => ({ origin: 'https://app.example.evil.example' }),
    cookies: true,
    refused: 'origin-mismatch',
  },
  { name: 'Origin: null', headers: () => ({ origin: 'null' }), cookies: true, refused: 'origin-null' },
];

/** What a request must get: the reason of its refusal, or nothing. */
function expected(mode: Mode, door: Door, row: Row, token: Token): string | undefined {
  const asksForToken = mode === 'token' && !door.name.startsWith('rpc');
  if (!asksForToken && (row.refused === undefined || mode === 'origin')) return row.refused;
  if (token === 'none') return 'token-missing';
  // A token belongs to a session, so it is worth nothing without the cookie.
  return token === 'valid' && row.cookies ? undefined : 'token-mismatch';
}

describe.each<Mode>(['auto', 'origin', 'token'])('csrf: %s', (mode) => {
  let served: Served;
  let saved = 0;
  let token = '';
  let cookie = '';

  beforeAll(async () => {
    const save = defineAction({
      accept: 'any',
      input: z.object({ title: z.string() }),
      handler: () => ++saved,
    });
    const portico = createPortico({
      actions: { notes: { save } },
      routes: ROUTES,
      csrf: mode,
      trustedOrigins: ['https://app.example'],
    });
    served = await serve(portico, { pages: (request) => new Response(csrfToken(portico.context(request))) });
    const agent = served.agent();
    token = await (await agent.get('/page')).text();
    cookie = [...agent.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  });
  afterAll(() => served.close());

  async function send(
    door: Door,
    row: Row,
    which: Token,
  ): Promise<{ reason: unknown; status: number; message: string }> {
    const { body, type } = bodyFor(door, { title: 'Hello' });
    const headers: Record<string, string> = {
      accept: 'application/json',
      'content-type': type,
      ...row.headers(served.url),
    };
    if (row.cookies) headers['cookie'] = cookie;
    if (which !== 'none') headers['x-csrf-token'] = which === 'valid' ? token : 'A'.repeat(token.length);
    const response = await fetch(served.url + door.path, { method: 'POST', headers, body });
    const answer = (await response.json()) as {
      code?: string;
      reason?: string;
      data?: { reason?: string };
      message?: string;
    };
    const reason = answer.code === 'CSRF_FAILED' ? (answer.data?.reason ?? answer.reason) : undefined;
    return { reason, status: response.status, message: answer.message ?? '' };
  }

  it.each(DOORS)('holds at the door: $name', async (door) => {
    const got: unknown[] = [];
    const wanted: unknown[] = [];
    const before = saved;
    for (const row of ROWS) {
      for (const which of ['none', 'valid', 'wrong'] as const) {
        const reason = expected(mode, door, row, which);
        const { reason: seen, status } = await send(door, row, which);
        const place = `${row.name}, token ${which}`;
        got.push([place, seen, status]);
        wanted.push([place, reason, reason === undefined ? 200 : door.isController ? 400 : 403]);
      }
    }
    expect(got).toEqual(wanted);
    // No refused request has reached the handler.
    expect(saved - before).toBe(
      (wanted as Array<[string, string?]>).filter(([, reason]) => reason === undefined).length,
    );
  });

  it.each(ROWS.filter(({ refused }) => refused !== undefined))(
    'says which header and setting: $name',
    async (row) => {
      const { message } = await send(DOORS[3] as Door, row, 'none');
      const header =
        row.refused === 'origin-mismatch' || row.refused === 'origin-null' ? 'Origin' : 'Sec-Fetch-Site';
      expect(message).toContain(header);
      const sent = row.headers(served.url);
      for (const value of [
        sent['origin'],
        row.refused === 'cross-site' ? sent['sec-fetch-site'] : undefined,
      ]) {
        if (value !== undefined) expect(message).toContain(value);
      }
      if (row.refused === 'origin-mismatch') expect(message).toMatch(/trustedOrigins|trustedProxies/);
      if (row.refused === 'cross-site') expect(message).toContain('trustedOrigins');
      if (mode !== 'origin') {
        expect(message).toContain('PORTICO_CSRF_TOKEN');
        expect(message).toContain('X-CSRF-Token');
      }
    },
  );
});
