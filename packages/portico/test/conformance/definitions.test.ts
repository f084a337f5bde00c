import { describe, expect, test } from 'vitest';
import { ActionTreeError, createPortico, defineAction, type ActionOptions, type ActionTree } from 'portico';
import { z } from 'zod';

// DESIGN.md 2: what is wrong in a definition or a tree is a clear error when the app starts, never at the first request.

const handler = (): string => 'ran';
const action = (): ReturnType<typeof plain> => plain();
const plain = () => defineAction({ handler });

type Loose = ActionOptions<'json', undefined, undefined, {}, unknown>;

describe('defineAction refuses what contradicts itself, and says what to write', () => {
  test.each<[what: string, options: object, says: RegExp]>([
    ['no handler', {}, /needs a handler/],
    ['an unknown accept', { handler, accept: 'xml' }, /accept is "xml".*'json', 'form' or 'any'/],
    ['an unknown method', { handler, method: 'PUT' }, /method is "PUT".*'GET', 'POST'/],
    ['no method', { handler, method: [] }, /method is \[\]/],
    ['cache without GET', { handler, cache: { maxAge: 1, scope: 'private' } }, /cache.*GET/],
    [
      'a cache without seconds',
      { handler, method: 'GET', cache: { maxAge: -1, scope: 'private' } },
      /cache\.maxAge/,
    ],
    [
      'a cache for nobody',
      { handler, method: 'GET', cache: { maxAge: 1, scope: 'all' } },
      /cache\.scope.*'private'/,
    ],
    [
      'an access nobody knows',
      { handler, access: 'admin' },
      /access is "admin".*'public', 'user' or a function/,
    ],
    ['a limit by nothing', { handler, limit: { points: 1, seconds: 1 } }, /limit\.by.*'ip' or a function/],
    [
      'a limit by a word',
      { handler, limit: { points: 1, seconds: 1, by: 'user' } },
      /limit\.by.*'ip' or a function/,
    ],
    [
      'a limit of nothing',
      { handler, limit: { points: 0, seconds: 1, by: 'ip' } },
      /points and seconds above 0/,
    ],
    [
      'one broken limit of two',
      {
        handler,
        limit: [
          { points: 1, seconds: 1, by: 'ip' },
          { points: 1, seconds: 0, by: 'ip' },
        ],
      },
      /above 0/,
    ],
    ['middleware that is none', { handler, use: ['audit'] }, /use.*function/],
    ['a success as an error', { handler, errors: { DONE: { status: 200 } } }, /errors\.DONE\.status/],
    [
      'a code of Portico’s own',
      { handler, errors: { CSRF_FAILED: { status: 403 } } },
      /CSRF_FAILED is taken/,
    ],
    ['an input that is no schema', { handler, input: { email: 'text' } }, /input.*Standard Schema/],
    ['an output that is no schema', { handler, output: { id: 'text' } }, /output.*Standard Schema/],
    [
      'a field of the form named redirect',
      { handler, accept: 'form', input: z.object({ redirect: z.string() }) },
      /"redirect" is reserved/,
    ],
  ])('%s', (_what, options, says) => {
    expect(() => defineAction(options as Loose)).toThrow(says);
  });
});

describe('a tree is checked when createPortico runs, and the error names the path', () => {
  const twice = action();
  test.each<[what: string, tree: object, says: RegExp]>([
    ['a text', { users: { save: 'save' } }, /"users\.save" is the string "save"/],
    ['a handler without defineAction', { users: { save: handler } }, /"users\.save" is a function/],
    ['null', { a: null }, /"a" is null/],
    ['a list of actions', { a: [action()] }, /"a" is an array/],
    ['an action used twice', { a: twice, b: { c: twice } }, /"b\.c" is the same action as "a"/],
    ['an empty key', { a: { '': action() } }, /the key "" under "a".*empty/],
    ...['then', 'orThrow', 'toString', 'queryString', 'path', 'constructor', 'prototype'].map(
      (key): [string, object, RegExp] => [
        key,
        { a: { [key]: action() } },
        new RegExp(`"${key}" under "a".*reserved`),
      ],
    ),
    ['__proto__', JSON.parse('{"a":{"__proto__":{}}}') as object, /"__proto__" under "a".*reserved/],
    [
      'two keys with one spelling at the controller doors',
      { users: { saveUser: action(), 'save-user': action() } },
      /"users\.saveUser" and "users\.save-user".*users\/save-user/,
    ],
  ])('%s', (_what, tree, says) => {
    const mount = (): unknown => createPortico({ actions: tree as ActionTree });
    expect(mount).toThrow(ActionTreeError);
    expect(mount).toThrow(says);
  });

  test('keys with spaces, slashes and dots are legal', () => {
    const server = { 'two words': action(), 'a/b': { 'c.d': action() } };
    createPortico({ actions: server });
    expect([`${server['two words']}`, server['a/b']['c.d'].path]).toEqual([
      '?_action=two%2520words',
      '/_actions/a%2Fb.c%2Ed',
    ]);
  });
});

describe('plugins are merged deeply with the app’s tree', () => {
  test('into one tree that portico.actions shows', async () => {
    const portico = createPortico({
      actions: { users: { save: action() } },
      plugins: [{ actions: { users: { login: action() } } }, { actions: { app: { health: action() } } }],
    });
    expect(Object.keys(portico.actions.users)).toEqual(expect.arrayContaining(['login', 'save']));
    expect((await portico.call(portico.actions.users.login)).data).toBe('ran');
    expect((await portico.call(portico.actions.app.health)).data).toBe('ran');
  });

  test.each<[string, ActionTree, ActionTree]>([
    ['the same name', { a: { b: action() } }, { a: { b: action() } }],
    ['an action where the other has a namespace', { a: action() }, { a: { b: action() } }],
    ['a namespace where the other has an action', { a: { b: action() } }, { a: action() }],
  ])('%s is an error', (_what, actions, plugin) => {
    expect(() => createPortico({ actions, plugins: [{ actions: plugin }] })).toThrow(ActionTreeError);
    expect(() => createPortico({ actions, plugins: [{ actions: plugin }] })).toThrow(/"a(\.b)?"/);
  });

  test('their middleware runs first, and their routes are served', async () => {
    const order: string[] = [];
    const portico = createPortico({
      actions: { a: action() },
      use: [(_ctx, next) => (order.push('app'), next())],
      plugins: [
        {
          routes: { 'POST /first': 'a' },
          use: [(_ctx, next) => (order.push('plugin'), next())],
        },
      ],
    });
    const response = await portico.fetch(
      new Request('http://localhost/first', { method: 'POST', headers: { accept: 'application/json' } }),
    );
    expect([response.status, await response.json(), order]).toEqual([
      200,
      { data: 'ran' },
      ['plugin', 'app'],
    ]);
  });

  test('access: an action for users needs a user function, and requireAccess a word on every action', () => {
    const forUsers = () => defineAction({ access: 'user', handler });
    expect(() => createPortico({ actions: { a: forUsers() } })).toThrow(/"a".*'user'.*no user function/);
    expect(() => createPortico({ actions: { a: forUsers() }, user: () => null })).not.toThrow();
    expect(() => createPortico({ actions: { a: action() }, requireAccess: true })).toThrow(
      /"a" has no access/,
    );
  });
});

describe('options that cannot work are refused at the start', () => {
  test.each<[string, object, RegExp]>([
    ['an actionTrigger that is every path', { actionTrigger: '/' }, /actionTrigger is empty/],
    ['a siteUrl without a scheme', { siteUrl: 'example.com' }, /siteUrl.*https:\/\//],
    ['a route that is none', { routes: { '/products': 'a' } }, /"\/products" is no route/],
    ['a route to nowhere', { routes: { 'POST /products': 'b' } }, /no such action/],
    [
      'a route by another verb than the action’s',
      { routes: { 'GET /products': 'a' } },
      /"GET \/products".*POST/,
    ],
  ])('%s', (_what, options, says) => {
    expect(() => createPortico({ actions: { a: action() }, ...options })).toThrow(says);
  });
});
