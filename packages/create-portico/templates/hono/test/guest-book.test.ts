import { createTestClient } from 'portico/testing';
import { expect, test } from 'vitest';
import { app } from '../src/app.ts';
import { portico, server } from '../src/portico/index.ts';

// The real pages, without a socket.
const newVisitor = () => createTestClient(portico, { pages: (request) => app.fetch(request) });

test('a form that is filled in wrongly comes back with what was typed, and what is wrong', async () => {
  const answer = await newVisitor().form(server.signGuestBook, { name: 'Ada', message: '' });
  expect(answer.status).toBe(422);
  expect(answer.text).toContain('value="Ada"');
  expect(answer.text).toContain('A few more words, please.');
});

test('what somebody writes is thanked for, and stands on the page as text', async () => {
  const answer = await newVisitor().form(server.signGuestBook, {
    name: 'Ada',
    message: 'A <b>fine</b> place.',
  });
  expect(answer.history.map(({ status }) => status)).toEqual([303]);
  expect(answer.text).toContain('Thank you for your words.');
  expect(answer.text).toContain('A &lt;b&gt;fine&lt;/b&gt; place.');
});

test('a page of another site cannot write', async () => {
  const forger = createTestClient(portico, { visitor: 'cross-site' });
  expect((await forger.form(server.signGuestBook, { name: 'Eve', message: 'Forged.' })).status).toBe(403);
});
