import { describe, expect, test } from 'vitest';
import { explorer } from 'portico/explorer';
import { production } from '../support/production.ts';
import { serve } from '../support/serve.ts';
import { openApp } from './fixture.ts';

const STRONG = 'Zk3v8n0qX1rYw7uPbT5sLd9hGm2cJf6A';

async function open(more: Parameters<typeof openApp>[1] = {}): Promise<{ status: number; text: string }> {
  const { agent } = await serve(openApp({}, more));
  const answer = await agent().get(`${more.base ?? ''}/_portico/doctor`);
  return { status: answer.status, text: await answer.text() };
}

describe('the doctor’s page', () => {
  test('shows what is wrong, why, what to write, and leads to the actions', async () => {
    const { status, text } = await open();
    expect(status).toBe(200);
    expect(text).toMatch(/<a href="\/_portico\/doctor" aria-current="page">Doctor<\/a>/);
    expect(text).toContain('Anybody may run actions that say they are destructive.');
    expect(text).toMatch(/<li id="destructive-in-public">[\s\S]*?<span class="badge danger">error<\/span>/);
    expect(text).toContain('access: &#39;user&#39;');
    expect(text).toContain('href="/_portico/actions/remove"');
    expect(text).not.toMatch(/<script(?![^>]*src=)|style="/);
  });

  test('in an app below a path', async () => {
    expect((await open({ base: '/shop' })).text).toContain('href="/shop/_portico/actions/remove"');
  });

  test('says when nothing is wrong', async () => {
    const { text } = await open({ actions: {}, secrets: [STRONG], plugins: [explorer()] });
    expect(text).toContain('Nothing is wrong with the app as it runs here.');
  });

  test('is not there in production', async () => {
    expect((await open(production)).status).toBe(404);
  });
});
