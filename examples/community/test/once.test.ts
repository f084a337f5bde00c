import { expect, test } from 'vitest';
import { eventually } from './eventually.ts';
import { mailTo, type Mail } from './mailbox.ts';
import { useSite } from './site.ts';
import { formOf, Visitor, type Page } from './visitor.ts';
import { FORM, WRITE } from './writing.ts';

const site = useSite();

type Fields = Readonly<Record<string, string>>;

interface Pressed {
  readonly answers: readonly Page[];
  readonly locations: readonly (string | null)[];
}

/** Presses the button of a form twice, as fast as one can. */
async function press(visitor: Visitor, path: string, holding: string, fields: Fields): Promise<Pressed> {
  const { action, hidden } = formOf((await visitor.get(path)).body, holding);
  const target = new URL(action, `${site.url}${path}`).href.slice(site.url.length);
  const answers = await Promise.all([1, 2].map(() => visitor.post(target, { ...hidden, ...fields })));
  return { answers, locations: answers.map(({ headers }) => headers.get('location')) };
}

const replayed = ({ answers }: Pressed): unknown[] =>
  answers.map(({ status, headers }) => `${status} ${headers.get('idempotency-replayed') ?? ''}`).toSorted();
const TWICE = ['303 ', '303 true'];
const count = (body: string, text: string): number => body.split(text).length - 1;

test('a post that is published by a double click is there once', async () => {
  const member = await site.member();
  const fields = { title: 'Pressed twice', 'fields[body]': 'Once is enough.', enabled: '1' };
  const pressed = await press(member, WRITE, FORM, fields);
  expect(replayed(pressed)).toEqual(TWICE);
  expect(pressed.locations[0]).toBe(pressed.locations[1]);
  expect(count((await member.get('/account/posts')).body, '>Pressed twice<')).toBe(1);
});

test('as is a comment, and both answers lead to it', async () => {
  const member = await site.member();
  const path = '/posts/what-the-salt-does';
  const pressed = await press(member, path, 'comment-body', { body: 'Said once.' });
  expect(replayed(pressed)).toEqual(TWICE);
  expect(pressed.locations[0]).toBe(pressed.locations[1]);
  expect(count((await member.get(path)).body, '<p>Said once.</p>')).toBe(1);
  // Whoever means it says it again, by the form of the page that came.
  await member.submit(path, 'comment-body', { body: 'Said once.' });
  expect(count((await member.get(path)).body, '<p>Said once.</p>')).toBe(2);
});

test('a pot stands on the shelf once', async () => {
  const member = await site.member();
  const pot = {
    name: 'Jug pressed twice',
    description: 'It holds a litre and pours well.',
    'variants[0][glaze]': 'Salt',
    'variants[0][price]': '24.50',
    'variants[0][stock]': '1',
  };
  const pressed = await press(member, '/products/new', 'name="name"', pot);
  expect(replayed(pressed)).toEqual(TWICE);
  expect(pressed.locations[0]).toBe(pressed.locations[1]);
});

test('a story of a guest waits once', async () => {
  const fields = { 'fields[body]': 'The jug came home twice.', 'fields[signedAs]': 'Ada' };
  expect(replayed(await press(new Visitor(site.url), '/stories', 'Your story', fields))).toEqual(TWICE);
  const moderator = await site.member('kenji', { groups: ['moderators'] });
  expect(count((await moderator.get('/admin/stories')).body, 'The jug came home twice.')).toBe(1);
});

test('a message of the contact form is one mail, and the address of a new member gets one', async () => {
  const guest = new Visitor(site.url);
  const message = { fromEmail: 'eve@example.org', message: 'Pressed twice' };
  expect(replayed(await press(guest, '/contact', 'Your message', message))).toEqual(TWICE);
  const joining = { fullName: 'Eve Tester', email: 'eve@example.org', password: 'correct horse battery' };
  expect(replayed(await press(guest, '/register', 'Your name', joining))).toEqual(TWICE);

  // What was enqueued before the last one is out when that is.
  await guest.submit('/contact', 'Your message', { fromEmail: 'last@example.org', message: 'The last' });
  const mails = await eventually('the last mail', async () => {
    const { body } = await guest.get('/_portico/mail', { accept: 'application/json' });
    const all = JSON.parse(body) as Mail[];
    return all.some(({ text }) => text.includes('The last')) ? all : undefined;
  });
  expect(mails.filter(({ text }) => text.includes('Pressed twice'))).toHaveLength(1);
  expect(mails.filter(({ to }) => to === 'eve@example.org')).toHaveLength(1);
  expect((await mailTo(guest, 'eve@example.org', 'Activate your account')).links).toHaveLength(1);
});
