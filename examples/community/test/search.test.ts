import { beforeAll, describe, expect, test } from 'vitest';
import { useSite } from './site.ts';
import { Visitor } from './visitor.ts';

const site = useSite();
let visitor: Visitor;
beforeAll(() => {
  visitor = new Visitor(site.url);
});

interface Found {
  q: string;
  hits: Array<{ kind: string; title: string; url: string }>;
}

async function find(q: string): Promise<Found> {
  const { body } = await visitor.get(`/_actions/search?q=${encodeURIComponent(q)}`, {
    accept: 'application/json',
  });
  return JSON.parse(body) as Found;
}

describe('search', () => {
  test('posts and products that hold every word, titles first', async () => {
    const { hits } = await find('SALT');
    expect(hits[0]).toMatchObject({
      kind: 'post',
      title: 'What the salt does',
      url: '/posts/what-the-salt-does',
    });
    expect(hits.some(({ kind }) => kind === 'product')).toBe(true);
    expect((await find('salt crock')).hits.map(({ title }) => title)).toEqual(['Pickle crock with weights']);
    expect((await find('  ')).hits).toEqual([]);
  });

  test.each(['%', '_', "'", '"', '\\', '[', 'x OR 1=1 --'])(
    '%j finds what holds it and breaks nothing',
    async (q) => {
      for (const { title } of (await find(q)).hits) expect(title).not.toBe('');
    },
  );

  test('by GET, cached for as long as the action says, and asked for again by its ETag', async () => {
    const answer = await visitor.get('/_actions/search?q=salt', { accept: 'application/json' });
    expect(answer.headers.get('cache-control')).toBe('public, max-age=30');
    const etag = answer.headers.get('etag') ?? '';
    expect((await visitor.get('/_actions/search?q=salt', { 'if-none-match': etag })).status).toBe(304);
  });

  test('the controller door answers it, too, and writing by it is refused', async () => {
    const answer = await visitor.get('/actions/search?q=crock', { accept: 'application/json' });
    expect(JSON.parse(answer.body)).toMatchObject({
      q: 'crock',
      hits: [{ title: 'Pickle crock with weights' }],
    });
  });

  test('the page works without JavaScript', async () => {
    const page = await visitor.get('/search?q=crock');
    expect(page.status).toBe(200);
    expect(page.body).toContain('1 result');
    expect(page.body).toContain('Pickle crock with weights');
    expect(page.body).toContain('value="crock"');
  });

  test('a query over the limit is refused, in words', async () => {
    const page = await visitor.get(`/search?q=${'x'.repeat(101)}`);
    expect(page.status).toBe(400);
    expect(page.body).toContain('That search did not work');
  });
});
