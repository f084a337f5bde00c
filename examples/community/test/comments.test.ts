import { describe, expect, test } from 'vitest';
import { useSite } from './site.ts';
import { formOf, Visitor } from './visitor.ts';

const site = useSite();

const POST = '/posts/what-the-salt-does';
const FORM = 'comment-body';

describe('comments, controller style', () => {
  test('a comment is saved, leads to itself by the signed template, and is told of once', async () => {
    const visitor = await site.member();
    await visitor.get('/');
    const answer = await visitor.submit(POST, FORM, { body: 'What a <b>colour</b>.\n\nAnd the ring!' });
    expect(answer.status).toBe(303);
    const location = answer.headers.get('location') ?? '';
    expect(location).toMatch(/^\/posts\/what-the-salt-does#comment-\d+$/);

    const page = await visitor.get(POST);
    expect(page.body).toContain(`id="${location.split('#')[1]}"`);
    expect(page.body).toContain('What a &lt;b&gt;colour&lt;/b&gt;.');
    expect(page.body).toContain('role="status">Thank you, your comment is up.</p>');
    expect((await visitor.get(POST)).body).not.toMatch(/class="flash /);
  });

  test('an empty comment renders the page again with the error at the field and saves nothing', async () => {
    const visitor = await site.member();
    const page = await visitor.submit(POST, FORM, { body: ' ' });
    expect(page.status).toBe(422);
    const { markup } = formOf(page.body, FORM);
    expect(markup).toContain('<li>Say something first.</li>');
    expect(markup).toContain('aria-invalid');
    expect(page.body).toMatch(/class="flash flash-error" role="alert">The comment is not posted yet/);
  });

  test('what was typed is kept, escaped', async () => {
    const visitor = await site.member();
    const text = `</textarea><script>alert(1)</script>${'x'.repeat(2_000)}`;
    const page = await visitor.submit(POST, FORM, { body: text });
    expect(page.status).toBe(422);
    expect(formOf(page.body, FORM).markup).toContain('&lt;/textarea&gt;&lt;script&gt;');
    expect(page.body).not.toContain('<script>alert(1)');
  });

  test('a guest has no form, and is refused without one', async () => {
    const visitor = new Visitor(site.url);
    const page = await visitor.get(POST);
    expect(page.body).not.toContain(FORM);
    expect(page.body).toContain('/sign-in?next=%2Fposts%2Fwhat-the-salt-does');
    const fields = { action: 'posts/comment', postId: 'x', body: 'Hello' };
    const answer = await visitor.postWithToken(POST, fields);
    expect(answer.status).toBe(401);
    expect(answer.body).not.toContain('<p>Hello</p>');
  });

  test('a redirect that was tampered with is refused before anything is written', async () => {
    const visitor = await site.member();
    const { hidden } = formOf((await visitor.get(POST)).body, FORM);
    const answer = await visitor.post(POST, {
      ...hidden,
      redirect: 'https://evil.example',
      body: 'Tampered words',
    });
    expect(answer.status).toBe(400);
    expect((await visitor.get(POST)).body).not.toContain('<p>Tampered words</p>');
  });

  test('JSON: success and failure as the controller doors say, and no flash', async () => {
    const visitor = await site.member();
    const { hidden } = formOf((await visitor.get(POST)).body, FORM);
    const { redirect, postId } = hidden;
    const comment = { postId, redirect, body: 'By JSON' };
    const saved = await visitor.postJson('/actions/posts/comment', comment, {
      'x-csrf-token': await visitor.token(),
    });
    expect(saved.status).toBe(200);
    const data = JSON.parse(saved.body) as {
      comment: { id: number; slug: string };
      modelName: string;
      redirect: string;
    };
    expect(data).toMatchObject({ modelName: 'comment', comment: { slug: 'what-the-salt-does' } });

    const failed = await visitor.post(
      '/actions/posts/comment',
      { ...hidden, body: '' },
      { accept: 'application/json' },
    );
    expect(failed.status).toBe(400);
    expect(JSON.parse(failed.body)).toMatchObject({
      errors: { body: ['Say something first.'] },
      modelName: 'comment',
      comment: { postId },
    });
    expect((await visitor.get(POST)).body).not.toMatch(/class="flash /);
  });
});
