import { form, html, renderErrors, renderForm, renderInput } from 'portico/html';
import { createTestClient } from 'portico/testing';
import { expect, test } from 'vitest';
import { readGuestBook } from '../src/data/guest-book.ts';
import { portico, server } from '../src/portico/index.ts';

// Astro's pages take a server. A page of a form stands in for them here.
const newVisitor = () => createTestClient(portico, { pages });

function pages(request: Request): Response {
  const signing = form(portico.context(request), server.signGuestBook);
  const [name, message] = [signing.field('name'), signing.field('message')];
  const fields = html`${renderInput(name)} ${renderErrors(name)} ${renderInput(message)} ${renderErrors(message)}`;
  return new Response(String(renderForm(signing, fields)));
}

test('a form that is filled in wrongly comes back with what was typed, and what is wrong', async () => {
  const answer = await newVisitor().form(server.signGuestBook, { name: 'Ada', message: '' });
  expect(answer.status).toBe(422);
  expect(answer.text).toContain('value="Ada"');
  expect(answer.text).toContain('A few more words, please.');
});

test('what somebody writes is kept, and thanked for', async () => {
  const visitor = newVisitor();
  const answer = await visitor.form(server.signGuestBook, { name: 'Ada', message: 'A fine place.' });
  expect(answer.history.map(({ status }) => status)).toEqual([303]);
  expect(await visitor.flashes()).toEqual({ notice: 'Thank you for your words.' });
  expect(await readGuestBook()).toMatchObject([{ name: 'Ada', message: 'A fine place.' }]);
});

test('a page of another site cannot write', async () => {
  const forger = createTestClient(portico, { visitor: 'cross-site' });
  expect((await forger.form(server.signGuestBook, { name: 'Eve', message: 'Forged.' })).status).toBe(403);
});
