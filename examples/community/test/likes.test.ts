import { describe, expect, test } from 'vitest';
import { useSite } from './site.ts';
import { formOf, Visitor } from './visitor.ts';

const site = useSite();

const POST = '/posts/handbuilding-for-people-who-gave-up-on-the-wheel';

async function likeForm(visitor: Visitor): Promise<ReturnType<typeof formOf>> {
  return formOf((await visitor.get(POST)).body, 'data-like=');
}

describe('likes', () => {
  test('a typed call answers with the count; twice is once; it can be taken back', async () => {
    const visitor = await site.member('ines');
    const postId = (await likeForm(visitor)).hidden['postId'];
    const call = (liked?: boolean): Promise<{ body: string }> =>
      visitor.postJson('/_actions/likePost', { postId, liked });
    expect((await call()).body).toBe('2');
    expect((await call()).body).toBe('2');
    expect((await call(false)).body).toBe('1');
  });

  test('without JavaScript the same button is a form, which says what it will do next', async () => {
    const visitor = await site.member('tomasz');
    const answer = await visitor.submit(POST, 'data-like=', {});
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toBe(POST);
    const liked = await likeForm(visitor);
    expect(liked.markup).toContain('aria-pressed="true"');
    expect(liked.markup).toContain('<span data-count>2</span>');
    await visitor.submit(POST, 'data-like=', {});
    expect((await likeForm(visitor)).markup).toContain('<span data-count>1</span>');
  });

  test('a guest is told to sign in: by the code over the wire, by a link on the page', async () => {
    const visitor = new Visitor(site.url);
    const { hidden } = await likeForm(visitor);
    const rpc = await visitor.postJson('/_actions/likePost', { postId: hidden['postId'] });
    expect(rpc.status).toBe(401);
    expect(JSON.parse(rpc.body)).toMatchObject({
      type: 'ActionError',
      code: 'UNAUTHORIZED',
      message: 'Sign in to like a post.',
    });

    const page = await visitor.submit(POST, 'data-like=', {});
    expect(page.status).toBe(401);
    expect(formOf(page.body, 'data-like=').markup).toContain(
      `href="/sign-in?next=${encodeURIComponent(POST)}"`,
    );
  });

  test('on the front page only the button that was pressed answers', async () => {
    const visitor = new Visitor(site.url);
    const page = await visitor.submit('/', 'data-like=', {});
    expect(page.status).toBe(401);
    expect(page.body.match(/Sign in to like a post<\/a>/g)).toHaveLength(1);
  });

  test('a post that is not there', async () => {
    const visitor = await site.member();
    const answer = await visitor.postJson('/_actions/likePost', { postId: 'nothing' });
    expect(answer.status).toBe(404);
    expect(JSON.parse(answer.body)).toMatchObject({ code: 'NOT_FOUND' });
  });
});
