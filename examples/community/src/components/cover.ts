import { html } from 'hono/html';
import type { AssetRecord } from '@portico/site';
import type { Markup } from './markup.ts';

/** The picture above a post. Its size is told, so that nothing moves when it comes. */
export function cover({ url, width, height }: AssetRecord, pictured: string | null): Markup {
  const size = width === null || height === null ? '' : html`width="${width}" height="${height}"`;
  return html`<img class="cover" src="${url}" alt="${pictured ?? ''}" ${size} />`;
}
