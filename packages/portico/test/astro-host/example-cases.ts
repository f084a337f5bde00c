import { expect, test } from 'vitest';
import { createClient } from 'portico/client';
import type { likePost } from '../../../../examples/astro/src/portico/like-post.ts';
import { createAgent, type Agent } from '../support/agent.ts';

/** Every sample of Astro's guide to actions, as examples/astro has it, over HTTP. `origin` is known once the server runs. */
export function exampleCases(origin: () => string): void {
  const visitor = (): Agent => createAgent(origin());
  const form = (fields: Record<string, string>): URLSearchParams => new URLSearchParams(fields);
  const back = async (agent: Agent, answer: Response): Promise<string> => {
    expect([302, 303]).toContain(answer.status);
    return (await agent.get(answer.headers.get('location') ?? '')).text();
  };

  test('getGreeting is called as a function', async () => {
    const answer = await visitor().post('/_actions/getGreeting', { name: 'Houston' });
    expect([answer.status, await answer.json()]).toEqual([200, 'Hello, Houston!']);
  });

  test('a script sends the newsletter’s form and reads its errors', async () => {
    const answer = await visitor().post('/_actions/newsletter', form({ email: 'houston', terms: 'on' }));
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ fields: { email: ['Please write an e-mail address.'] } });
  });

  test('a form without JavaScript shows what is wrong, on its page, with what the user’s middleware saw', async () => {
    const answer = await visitor().post('/?_action=newsletter', form({ email: 'houston' }));
    expect(answer.status).toBe(422);
    const page = await answer.text();
    expect(page).toContain('<p id="error" class="error"');
    expect(page).toContain('Please write an e-mail address.');
    expect(page).toContain('class="flash error"');
  });

  test('another error than one of input is the general message', async () => {
    const answer = await visitor().post('/?_action=newsletter', form({ email: 'a@example.org' }));
    expect([answer.status, (await answer.text()).includes('Unable to sign up')]).toEqual([403, true]);
  });

  test('a success redirects; result and flash are there once', async () => {
    const agent = visitor();
    const sent = await agent.post('/?_action=newsletter', form({ email: 'b@example.org', terms: 'on' }));
    expect([sent.status, sent.headers.get('location')]).toEqual([303, '/']);
    const page = await (await agent.get('/')).text();
    expect(page).toMatch(/b@example\.org is subscriber number \d/);
    expect(page).toContain('Welcome on board.');
    expect(await (await agent.get('/')).text()).not.toContain('Welcome on board.');
  });

  test('form() keeps what was typed and names what is wrong', async () => {
    const page = await (await visitor().post('/signin?_action=account.signIn', form({ name: 'A' }))).text();
    expect(page).toContain('value="A"');
    expect(page).toContain('At least two letters.');
    expect(page).toContain('aria-invalid="true"');
  });

  test('who signs in may like a post, who logs out may not', async () => {
    const agent = visitor();
    const refused = await agent.post('/_actions/likePost', { postId: 'launch' });
    expect([refused.status, await refused.json()]).toMatchObject([401, { code: 'UNAUTHORIZED' }]);
    const page = await back(agent, await agent.post('/signin?_action=account.signIn', form({ name: 'Ada' })));
    expect(page).toContain('Good to see you, Ada.');
    expect(page).toContain('Log out');
    const liked = await agent.post('/_actions/likePost', { postId: 'launch' });
    expect([liked.status, typeof (await liked.json())]).toEqual([200, 'number']);
    await agent.post('/?_action=account.logout', form({}));
    expect((await agent.post('/_actions/likePost', { postId: 'launch' })).status).toBe(401);
  });

  test('likePost asks for the guide’s cookie', async () => {
    const withCookie = { headers: { cookie: 'user-session=any' } };
    expect((await visitor().post('/_actions/likePost', { postId: 'launch' }, withCookie)).status).toBe(200);
  });

  test('orThrow gives the data alone, and throws what a stranger gets', async () => {
    const agent = visitor();
    const client = createClient<{ likePost: typeof likePost }>({
      baseUrl: origin(),
      fetch(request) {
        request.headers.set('sec-fetch-site', 'same-origin');
        request.headers.set('cookie', [...agent.cookies].map((pair) => pair.join('=')).join('; '));
        return fetch(request);
      },
    });
    await expect(client.likePost.orThrow({ postId: 'orbit' })).rejects.toMatchObject({
      code: 'UNAUTHORIZED',
    });
    expect(await (await agent.get('/blog')).text()).not.toContain('Applaud');
    await agent.post('/signin?_action=account.signIn', form({ name: 'Ada' }));
    expect(await (await agent.get('/blog')).text()).toContain('Applaud');
    expect(await client.likePost.orThrow({ postId: 'orbit' })).toEqual(expect.any(Number));
  });

  test('getUserSettings knows the user that Astro’s middleware put into locals', async () => {
    const agent = visitor();
    const refused = await agent.post('/_actions/getUserSettings', {});
    expect([refused.status, await refused.json()]).toMatchObject([401, { code: 'UNAUTHORIZED' }]);
    expect((await agent.get('/settings')).headers.get('location')).toBe('/signin');
    await agent.post('/signin?_action=account.signIn', form({ name: 'Ada' }));
    const settings = await agent.post('/_actions/getUserSettings', {});
    expect([settings.status, await settings.json()]).toEqual([200, { name: 'Ada', letters: 'weekly' }]);
    expect(await (await agent.get('/settings')).text()).toContain('Ada gets letters weekly.');
  });

  test('the guide’s middleware persists the result of a comment: redirect on error and on success, shown once', async () => {
    const agent = visitor();
    const referer = { headers: { referer: `${origin()}/comments?from=here` } };
    const failed = await agent.post('/comments?_action=comment', form({ author: 'Ada' }), referer);
    expect([failed.status, failed.headers.get('location')]).toEqual([302, referer.headers.referer]);
    // Some browsers keep the Referer to themselves.
    const again = await agent.post('/comments?_action=comment', form({ author: 'Ada' }));
    expect([again.status, again.headers.get('location')]).toEqual([
      302,
      expect.stringMatching(/^\/comments\/?$/),
    ]);
    const page = await (await agent.get('/comments')).text();
    expect(page).toContain('class="error"');
    expect(await (await agent.get('/comments')).text()).not.toContain('class="error"');

    const text = `Ad astra, ${crypto.randomUUID()}`;
    const sent = await agent.post('/comments?_action=comment', form({ author: 'Ada', text }), referer);
    expect([sent.status, sent.headers.get('location')]).toEqual([
      302,
      expect.stringMatching(/^\/comments\/?$/),
    ]);
    expect(agent.cookies.has('action-session-id')).toBe(true);
    const thanked = await (await agent.get('/comments')).text();
    expect(thanked).toMatch(/Thank you for comment number \d+\./);
    expect(thanked.split(text)).toHaveLength(2);
    expect(agent.cookies.has('action-session-id')).toBe(false);
    expect(await (await agent.get('/comments')).text()).not.toContain('Thank you');
  });

  test('transition:persist keeps the inputs of a form through view transitions', async () => {
    const page = await (await visitor().get('/comments')).text();
    expect(page).toContain('name="astro-view-transitions-enabled"');
    const inputs = page.match(/<input[^>]*>/g) ?? [];
    for (const name of ['author', 'text']) {
      const input = inputs.find((tag) => tag.includes(`name="${name}"`));
      expect(input).toContain(`data-astro-transition-persist="${name}"`);
    }
  });

  test('the page redirects with the result: createProduct to /products/[id], addToCart there', async () => {
    const agent = visitor();
    const made = await agent.post(
      '/products/create?_action=createProduct',
      form({ name: 'Rocket', price: '9' }),
    );
    expect(made.headers.get('location')).toBe('/products/create');
    const redirected = await agent.get('/products/create');
    const product = redirected.headers.get('location') ?? '';
    expect([redirected.status, product]).toEqual([302, expect.stringMatching(/^\/products\/p\d+$/)]);
    const added = await agent.post(
      `${product}?_action=addToCart`,
      form({ productId: product.split('/')[2] ?? '' }),
    );
    const page = await back(agent, added);
    expect(page).toContain('Added Rocket to cart');
    expect(page).toContain('In your cart: 1');
  });

  test('callAction in a page', async () => {
    const page = await (await visitor().get('/products?search=tele')).text();
    expect([page.includes('Telescope'), page.includes('Star map')]).toEqual([true, false]);
  });

  test('React: a form that posts without JavaScript, and its state after the post', async () => {
    const agent = visitor();
    expect(await (await agent.get('/blog')).text()).toContain(
      '<form action="?_action=reactToPost" encType="multipart/form-data" method="POST">',
    );
    const body = new FormData();
    body.set('postId', 'orbit');
    body.set('reaction', '🚀');
    const page = await back(agent, await agent.post('/blog?_action=reactToPost', body));
    expect(page.replaceAll('<!-- -->', '')).toMatch(/🚀 makes \d+\./);
  });

  test('Astro’s middleware gates an action before it runs', async () => {
    const body = form({ name: 'Contraband', price: '1' });
    const gated = await visitor().post('/_actions/createProduct', body);
    expect([gated.status, await gated.text()]).toEqual([403, 'Forbidden']);
    expect(await (await visitor().get('/products?search=contraband')).text()).not.toContain('Contraband');
  });

  test('a prerendered page posts to the action, and its server island shows what came of it', async () => {
    const agent = visitor();
    const page = await (await agent.get('/about/')).text();
    expect(page).toContain('<form method="POST" action="/actions/newsletter">');
    const island = /["'](\/_server-islands\/[^"']+)/.exec(page)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const referer = { headers: { referer: `${origin()}/about/` } };
    expect(await (await agent.get(island, referer)).text()).toContain('You are not signed in.');
    for (const [email, text] of [
      ['nobody', 'The input is not valid.'],
      ['c@example.org', 'Welcome on board.'],
    ] as const) {
      const sent = await agent.post('/actions/newsletter', form({ email, terms: 'on' }), referer);
      expect([sent.status, sent.headers.get('location')]).toEqual([303, '/about/']);
      expect(await (await agent.get(island, referer)).text()).toContain(text);
    }
  });

  test('an endpoint that is no action gets its body whole, and nothing from other sites', async () => {
    const own = { headers: { origin: origin(), 'sec-fetch-site': 'same-origin' } };
    const answer = await visitor().post('/api/contact', form({ message: 'Hello' }), own);
    expect(await answer.json()).toEqual({ received: 'Hello' });
    const curl = createAgent(origin(), { browser: false });
    const refused = await curl.post('/api/contact', form({ message: 'Hello' }));
    expect([refused.status, await refused.text()]).toEqual([403, expect.stringContaining('no action')]);
  });

  test('what is not there is Astro’s 404, and runs nothing', async () => {
    const agent = visitor();
    for (const path of ['/nope', '/_portico/nope']) {
      const page = await agent.get(path);
      expect([path, page.status, (await page.text()).includes('drifted off')]).toEqual([path, 404, true]);
    }
    const sent = await agent.post(
      '/nope?_action=newsletter',
      form({ email: 'lost@example.org', terms: 'on' }),
    );
    expect(sent.status).toBe(404);
    const unknown = await agent.post('/_actions/nope', {});
    expect([unknown.status, await unknown.json()]).toMatchObject([404, { code: 'NOT_FOUND' }]);
  });
}
