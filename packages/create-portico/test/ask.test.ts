import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { ask } from '../src/ask.mjs';

/** What is answered to these lines, and what was asked. */
async function answered(given: Parameters<typeof ask>[0], lines: readonly string[]) {
  const [input, output] = [new PassThrough(), new PassThrough()];
  input.end(lines.map((line) => `${line}\n`).join(''));
  const choices = await ask(given, { input, output }).finally(() => output.end());
  return { choices, asked: await text(output) };
}

test('asks for folder, host and accounts, in this order', async () => {
  const { choices, asked } = await answered({}, ['shop', 'astro', 'y']);
  expect(choices).toEqual({ folder: 'shop', host: 'astro', accounts: true });
  expect(asked).toBe(
    'Folder of the project (my-app): Host, hono or astro (hono): With accounts, y or n (n): ',
  );
});

test('takes an empty answer for the default', async () => {
  const { choices } = await answered({}, ['', '', '']);
  expect(choices).toEqual({ folder: 'my-app', host: 'hono', accounts: false });
});

test('asks only for what no flag has said', async () => {
  const { choices, asked } = await answered({ folder: 'shop', accounts: false }, ['HONO']);
  expect(choices).toEqual({ folder: 'shop', host: 'hono', accounts: false });
  expect(asked).toBe('Host, hono or astro (hono): ');
});

test('asks again after an answer that will not do, and says why', async () => {
  const { choices, asked } = await answered({}, ['My Shop', 'shop', 'rails', 'hono', 'perhaps', 'no']);
  expect(choices).toEqual({ folder: 'shop', host: 'hono', accounts: false });
  expect(asked).toContain('"My Shop" is no name for a project');
  expect(asked).toContain('Please write hono or astro.');
  expect(asked).toContain('Please write y or n.');
});

test('stops where the input ends', async () => {
  await expect(answered({}, ['shop'])).rejects.toThrow('Stopped. Nothing was written.');
});
