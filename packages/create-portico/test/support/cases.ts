import { expect, test, vi } from 'vitest';
import { Visitor } from './browse.ts';

/** What every project can do, over HTTP and without JavaScript. */
export function guestBookCases(origin: () => string): void {
  test('the guest book refuses in place, keeps what was typed, takes what is right, and says thanks once', async () => {
    const visitor = new Visitor(origin());
    const refused = await visitor.send('/', 'Sign', { name: 'Grace', message: 'x' });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('value="Grace"');
    expect(refused.text).toContain('A few more words, please.');

    const taken = await visitor.send('/', 'Sign', { name: 'Grace', message: 'What a <i>fine</i> place.' });
    expect([taken.status, taken.location]).toEqual([303, '/']);
    const thanked = await visitor.open('/');
    expect(thanked.text).toContain('Thank you for your words.');
    expect(thanked.text).toContain('What a &lt;i&gt;fine&lt;/i&gt; place.');
    expect((await visitor.open('/')).text).not.toContain('Thank you');
  });

  test('a page that is not there is 404, in the site’s own words', async () => {
    const { status, text } = await new Visitor(origin()).open('/nowhere');
    expect([status, text.includes('There is no such page.')]).toEqual([404, true]);
  });
}

/** What a project with accounts can do in development. */
export function accountCases(origin: () => string): void {
  const [email, password] = ['grace@example.com', 'correct horse battery staple'];

  test('from the page for members to the login, by registration, mail and login into it, and out', async () => {
    const visitor = new Visitor(origin());
    const guest = await visitor.open('/members');
    expect([guest.status, guest.location]).toEqual([303, '/login']);

    expect((await visitor.send('/register', 'Register', { email, password: 'short' })).status).toBe(422);
    const registered = await visitor.send('/register', 'Register', { email, password });
    expect([registered.status, registered.location]).toEqual([303, '/login']);
    expect((await visitor.open('/login')).text).toContain('Look into your mail');
    expect((await visitor.open('/login')).text).toContain('/_portico/mail');

    const confirmed = await visitor.send(await mailedLink(visitor), 'Confirm email address');
    expect([confirmed.status, confirmed.location]).toEqual([303, '/login']);
    const refused = await visitor.send('/login', 'Sign in', { loginName: email, password: 'wrong' });
    expect([refused.status, refused.text.includes(`value="${email}"`)]).toEqual([400, true]);
    const signedIn = await visitor.send('/login', 'Sign in', { loginName: email, password });
    expect([signedIn.status, signedIn.location]).toEqual([303, '/members']);
    expect((await visitor.open('/members')).text).toContain(`Hello, ${email}.`);

    expect((await visitor.send('/', 'Sign out')).status).toBe(303);
    expect((await visitor.open('/members')).status).toBe(303);
  });

  test('a forgotten password has a page', async () => {
    const { status, text } = await new Visitor(origin()).open('/forgot-password');
    expect([status, text.includes('<form')]).toEqual([200, true]);
  });
}

/** In development each project has the explorer, for this machine. */
export function explorerCase(origin: () => string): void {
  test('the explorer shows the actions', async () => {
    const { status, text } = await new Visitor(origin()).open('/_portico');
    expect([status, text.includes('signGuestBook')]).toEqual([200, true]);
  });
}

/** Path and query. Waits for the mail, since mails go out after the answer. */
function mailedLink(visitor: Visitor): Promise<string> {
  const look = async (): Promise<string> => {
    const { text } = await visitor.open('/_portico/mail', { accept: 'application/json' });
    const [newest] = JSON.parse(text) as Array<{ links: string[] }>;
    if (newest?.links[0] === undefined) throw new Error('No mail has come.');
    const { pathname, search } = new URL(newest.links[0]);
    return pathname + search;
  };
  return vi.waitFor(look, { timeout: 10_000 });
}
