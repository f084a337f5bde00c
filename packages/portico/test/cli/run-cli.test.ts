import { expect, test } from 'vitest';
import { createPortico, defineAction } from 'portico';
import { z } from 'zod';
import { appOf } from '../../src/app.ts';
import { actionsTable } from '../../src/cli/actions-table.ts';
import { findingsText } from '../../src/cli/findings-text.ts';
import { runCli } from '../../src/cli/run-cli.ts';
import { describeActions } from '../../src/doctor/describe-actions.ts';
import { production } from '../support/production.ts';

async function run(args: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  const out: string[] = [];
  const err: string[] = [];
  const code = await runCli(args, {
    folder: import.meta.dirname,
    print: (text) => void out.push(text),
    printError: (text) => void err.push(text),
    paint: (_severity, text) => text,
  });
  return { code, out: out.join('\n'), err: err.join('\n') };
}

test.each<[string[], string, string]>([
  [[], 'Which command?', 'COMMAND'],
  [['dance'], 'There is no command "dance".', 'COMMAND'],
  [['doctor', '--frob'], "Unknown option '--frob'.", 'doctor'],
  [['actions', '--nonsense'], "Unknown option '--nonsense'.", 'actions'],
  [['actions', 'extra'], "Unexpected argument 'extra'.", 'actions'],
  [['actions', '--app'], "Option '--app <value>' argument missing.", 'actions'],
  [['doctor', '--url', 'shop'], '--url shop is no URL.', 'doctor'],
])('%j cannot be run: what is wrong, usage of %3$s, and 2', async (args, sentence, command) => {
  const { code, out, err } = await run(args);
  expect([code, out]).toEqual([2, '']);
  expect(err).toContain(sentence);
  expect(err).toContain(`\n\nUsage: portico ${command} [options]`);
});

test.each([
  [['--help'], /Usage: portico COMMAND[\s\S]*doctor {3}Says what is weak/],
  [['help', 'openapi'], /Usage: portico openapi[\s\S]*--api-version VERSION +of your API/],
  [['doctor', '--help'], /--url URL +where the app runs for its visitors/],
])('%j', async (args, expected) => {
  const { code, out } = await run(args);
  expect(code).toBe(0);
  expect(out).toMatch(expected);
});

test('the table of actions has a line for each door', () => {
  const save = defineAction({
    accept: 'any',
    access: 'user',
    destructive: true,
    once: true,
    output: z.object({ id: z.string() }),
    limit: [
      { points: 5, seconds: 60, by: 'ip' },
      { points: 2, seconds: 60, by: () => 'key' },
    ],
    handler: () => ({ id: '5' }),
  });
  const list = defineAction({ method: 'GET', handler: () => [] });
  const app = createPortico({
    ...production,
    actions: { posts: { save }, list },
    user: () => null,
    routes: { 'POST /posts/:id': 'posts.save' },
    base: '/shop',
  });
  expect(actionsTable(describeActions(appOf(app)))).toBe(
    `\
action         verbs  takes      access  limits            csrf  once   output           doors
-------------  -----  ---------  ------  ----------------  ----  -----  ---------------  --------------------------------------------
list           GET    json       public  -                 -     -      -                rpc   GET  /shop/_actions/list
                                                                                         path  GET  /shop/actions/list
posts.save     POST   json form  user    5 in 60 s by ip   auto  asked  { id: string; }  rpc   POST /shop/_actions/posts.save
(destructive)                            2 in 60 s by key                                page  POST /shop/any/page?_action=posts.save
                                                                                         path  POST /shop/actions/posts/save
                                                                                         route POST /shop/posts/:id`,
  );
});

test('findings as text: what it is, what may happen, what to write', () => {
  const findings = [
    {
      id: 'a',
      severity: 'error',
      title: 'It burns.',
      risk: `Smoke ${'and smoke '.repeat(10)}rises.`,
      fix: 'water',
      actions: ['burn'],
    },
    { id: 'b', severity: 'note', title: 'It is warm.', risk: 'None.', fix: 'nothing' },
  ] as const;
  expect(findingsText(findings, (severity, text) => `<${severity}>${text}`)).toBe(`\
<error>error    It burns. [a]
         Risk: Smoke and smoke and smoke and smoke and smoke and smoke and smoke and smoke and smoke
         and smoke and smoke rises.
         Write: water
         Actions: burn

<note>note     It is warm. [b]
         Risk: None.
         Write: nothing

1 error, 1 note.`);
  expect(findingsText([], (_severity, text) => text)).toBe('Nothing is wrong.');
});
