import { createPortico, defineAction, type PorticoOptions } from 'portico';
import { createTestClient } from 'portico/testing';
import { z } from 'zod';

interface Post {
  readonly [key: string]: unknown;
}

export function site(options: Omit<PorticoOptions, 'actions'> = {}, post: Post = { id: 5, slug: 'hello' }) {
  const saved: unknown[] = [];
  const save = defineAction({
    accept: 'any',
    input: z.object({ title: z.string() }),
    model: 'post',
    redirect: '/posts',
    messages: { success: 'Saved.' },
    handler: (input) => {
      saved.push(input);
      return { post };
    },
  });
  // A model that cannot be sent is logged; the redirect goes on.
  const portico = createPortico({ actions: { posts: { save } }, onError: () => undefined, ...options });
  return { portico, saved, save, client: createTestClient(portico, { follow: false }) };
}

export const valueOf = (printed: unknown): string =>
  / value="([^"]*)"/.exec(String(printed))?.[1]?.replaceAll('&amp;', '&') ?? '';
