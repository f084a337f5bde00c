import { afterAll, describe, expect, test } from 'vitest';
import { conformanceCases, ConformanceRun, conformanceTable } from 'portico/testing';
import { astroBuiltHost, astroDevHost } from '../hosts/fixtures/astro.ts';

// Cases in which Astro, its adapter or its dev server answers before Portico is asked. Each must still fail, or it goes.
const BUILT: Readonly<Record<string, string>> = {
  'paths: a whole URL as the target, as proxies send it': '@astrojs/node knows paths as targets only',
  'sockets: two Hosts are refused': 'Astro hands on the first of two Host headers',
};
const DEV: Readonly<Record<string, string>> = {
  'methods: a preflight of a friend is answered, a stranger’s is not': blockedInDev('cross-origin requests'),
  'forgery: from another site is 400 controller style, and runs nothing':
    blockedInDev('forms of other sites'),
  'forgery: a page that is shown again for it keeps what was typed': blockedInDev('forms of other sites'),
  'endpoints: from another site it answers, too: it is its own guard': blockedInDev('forms of other sites'),
  'paths: a malformed percent-escape is 400': 'astro dev answers 500 to it',
  'paths: a whole URL as the target, as proxies send it': 'astro dev knows paths as targets only',
};

function blockedInDev(what: string): string {
  return `astro dev blocks ${what} itself`;
}

// A dev server takes seconds to read all of Portico's modules: the other variants are the build's.
const inDev = conformanceCases.filter(({ variant }) => variant === 'plain');
const all = [
  { run: new ConformanceRun(astroBuiltHost), cases: conformanceCases, answered: BUILT },
  { run: new ConformanceRun(astroDevHost), cases: inDev, answered: DEV },
];

test.each(all.map(({ run, cases, answered }) => [run.host.name, cases, answered] as const))(
  'exceptions of %s are cases',
  (_name, cases, answered) => {
    const names = cases.map(({ name }) => name);
    expect(Object.keys(answered).filter((name) => !names.includes(name))).toEqual([]);
  },
);

afterAll(() => {
  console.log(conformanceTable(all.map(({ run }) => run.report)));
});

describe.each(all.map((each) => [each.run.host.name, each] as const))(
  '%s',
  (_name, { run, cases, answered }) => {
    afterAll(() => run.close());

    for (const each of cases) {
      test(each.name, { timeout: 90_000 }, async ({ skip }) => {
        const { outcome, reason } = await run.run(each);
        if (outcome === 'n/a') skip(reason);
        const before = answered[each.name];
        if (before === undefined) expect(reason).toBeUndefined();
        else {
          expect(outcome, `${each.name} passes now: it needs no exception (${before}).`).toBe('failed');
          skip(before);
        }
      });
    }
  },
);
