import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { createPortico, defineAction } from 'portico';
import { toNodeListener } from 'portico/node';
import {
  conformance,
  conformanceCases,
  ConformanceRun,
  conformanceTable,
  runConformance,
  type ConformanceHost,
} from 'portico/testing';
import { faultyHost, type Faults } from './faulty.ts';
import { listening } from './fixtures/listening.ts';

// The suite itself: that it finds what hosts do wrong, and says so.

const JOINED: Faults = {
  answer(answer) {
    const headers = new Headers(answer.headers);
    const cookies = headers.getSetCookie();
    headers.delete('set-cookie');
    if (cookies.length > 0) headers.set('set-cookie', cookies.join(', '));
    return new Response(answer.body, { status: answer.status, headers });
  },
};

const FAULTS: ReadonlyArray<readonly [fault: string, faults: Faults, found: readonly string[]]> = [
  [
    'joins cookies with commas',
    JOINED,
    [
      'forms: a redirect after a success carries cookies, headers and the session',
      'pages: cookies of the host and of Portico are a line each',
      'answers: cookies of an action are a line each',
    ],
  ],
  [
    'renders no page again',
    {
      page: (page, posted, show) =>
        posted ? Promise.resolve(new Response('', { status: 404 })) : show(page),
    },
    [
      'pages, again: after a failure the page is rendered in place, by a GET without a body, with what was typed',
    ],
  ],
  [
    'answers every page with 200',
    {
      page: async (page, _posted, show) => {
        const { body, headers } = await show(page).catch(() => new Response('Sorry.'));
        return new Response(body, { headers });
      },
    },
    [
      'pages: ctx.status counts, and so does a status of the host’s',
      'pages: a page that throws is the host’s 500, and the server lives',
      'pages: a page that is not there is the host’s 404',
    ],
  ],
  [
    'says of every path that there is a page',
    { has: () => true },
    ['forms: a form for a page that is not there runs nothing'],
  ],
  [
    'believes X-Forwarded-For of anybody',
    {
      request(request, info) {
        const address = request.headers.get('x-forwarded-for')?.split(',').at(-1)?.trim();
        if (address !== undefined) Object.assign(info, { clientAddress: address });
        return request;
      },
    },
    ['proxies: the address of a client is its peer’s'],
  ],
  [
    'gives a body on up to 64 KiB',
    {
      async request(request) {
        if (request.method !== 'POST') return request;
        const body = (await request.arrayBuffer()).slice(0, 65_536);
        return new Request(request, { body });
      },
    },
    [
      'bodies, not ours: JSON, 300 KB, reaches the host whole',
      'uploads: a file of 4 MiB arrives as it was sent, by Content-Length and in chunks',
    ],
  ],
  [
    'drops the type of a body',
    {
      request(request) {
        request.headers.delete('content-type');
        return request;
      },
    },
    ['doors: rpc, POST with JSON', 'doors: rpc, POST with a form'],
  ],
];

describe('finds a host that', () => {
  test.each(FAULTS)('%s', async (fault, faults, found) => {
    const run = new ConformanceRun(faultyHost(fault, faults));
    onTestFinished(() => run.close());

    for (const name of found) {
      const tried = conformanceCases.find((each) => each.name === name);
      expect(tried && (await run.run(tried))).toMatchObject({ name, outcome: 'failed' });
    }
  });
});

// A hundred cases in one test: a machine that does more than this needs a while.
test('runs against an app of one’s own, which has the suite as a plugin', { timeout: 30_000 }, async () => {
  // What the suite's failing page and action leave in the log.
  const logged = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  onTestFinished(() => logged.mockRestore());
  const portico = createPortico({
    actions: { hello: defineAction({ handler: () => 'hello' }) },
    plugins: [conformance()],
    dev: false,
  });
  const mine: ConformanceHost = {
    name: 'mine',
    start: (variant) => listening(toNodeListener(portico), variant),
    cannot: {
      base: 'the app has none',
      proxied: 'there is no proxy',
      parsed: 'nothing is parsed before',
      has: 'it does not say which pages it has',
      echo: 'it has no such route',
      cors: 'it is not open to others',
    },
  };

  const report = await runConformance(mine);

  expect(report.failures).toEqual([]);
  expect(report.results.filter(({ outcome }) => outcome === 'passed').length).toBeGreaterThan(80);
  const reasons = new Set(report.results.flatMap(({ reason }) => reason ?? []));
  expect([...reasons].toSorted()).toEqual(Object.values(mine.cannot ?? {}).toSorted());
});

test('a host that does not start fails its cases with the reason, and the table says so', async () => {
  const broken: ConformanceHost = {
    name: 'broken',
    start: () => Promise.reject(new Error('no port is free')),
    cannot: { cors: 'nothing at all' },
  };
  const report = await runConformance(broken, { only: 'methods: ' });

  expect(report.failures.every((failure) => failure.includes('no port is free'))).toBe(true);
  const lines = conformanceTable([report]).split('\n');
  expect(lines.filter((line) => line.endsWith('FAILED'))).toHaveLength(report.failures.length);
  expect(lines).toContainEqual(expect.stringMatching(/^passed +0\/7$/));
  expect(lines.at(-1)).toContain('nothing at all');
});

test('cases that a host is excused from are named, each with its reason', async () => {
  const excused = 'methods: OPTIONS runs nothing';
  const host: ConformanceHost = {
    name: 'mine',
    start: () => Promise.reject(new Error()),
    except: { [excused]: 'why' },
  };
  const { results } = await runConformance(host, { only: excused });

  expect(results).toEqual([{ name: excused, outcome: 'n/a', reason: 'why' }]);
  expect(() => new ConformanceRun({ ...host, except: { 'methods: OPTOINS': 'why' } })).toThrow(
    'there is no such case',
  );
});

test('the plugin is for tests', () => {
  const before = process.env['NODE_ENV'];
  process.env['NODE_ENV'] = 'production';
  try {
    expect(() => conformance()).toThrow('this plugin is for tests');
  } finally {
    process.env['NODE_ENV'] = before;
  }
});
