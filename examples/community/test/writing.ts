import { expect } from 'vitest';
import type { Page, Visitor } from './visitor.ts';

/** The page that writes a post, and what its form is known by, as is that of the page that edits one. */
export const WRITE = '/posts/new';
export const FORM = 'data-post';

export type PostFields = Readonly<Record<string, string | File>>;

// One red pixel.
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==',
  'base64',
);
export const picture = (): File => new File([PNG], 'pot.png', { type: 'image/png' });

/** Follows where a save leads to, and says where that is. */
export async function follow(visitor: Visitor, { status, headers, body }: Page): Promise<string> {
  expect(status, body).toBe(303);
  const saved = headers.get('location') ?? '';
  return (await visitor.get(saved)).headers.get('location') ?? saved;
}

/** Writes a post by its form, and says where it is. */
export async function writePost(visitor: Visitor, fields: PostFields): Promise<string> {
  const post = { title: 'A post', 'fields[body]': 'Some text.', enabled: '1', ...fields };
  return follow(visitor, await visitor.submit(WRITE, FORM, post));
}

/** The path of the page that edits a post, as the post's own page has it. */
export async function editPathOf(visitor: Visitor, path: string): Promise<string> {
  const { body } = await visitor.get(path);
  return /href="(\/posts\/\d+\/edit)"/.exec(body)?.[1] ?? `no link on ${path}`;
}
