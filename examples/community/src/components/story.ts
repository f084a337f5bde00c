import { html } from 'hono/html';
import { day } from './dates.ts';
import type { Markup } from './markup.ts';
import { prose } from './prose.ts';

export interface Story {
  readonly id: number;
  readonly postDate: Date | null;
  readonly dateCreated: Date;
  readonly fields: {
    readonly body: string | null;
    readonly signedAs: string | null;
    readonly town: string | null;
  };
}

/** What somebody told, as plain text: it may come from anybody. `deeds` is what can be done with it. */
export function story({ id, postDate, dateCreated, fields }: Story, deeds: Markup = ''): Markup {
  const { body, signedAs, town } = fields;
  return html`<li class="card story" id="story-${id}">
    <div class="prose">${prose(body ?? '')}</div>
    <p class="meta">${signedAs ?? 'Somebody'}${town === null ? '' : `, ${town}`} · ${day(postDate ?? dateCreated)}</p>
    ${deeds}
  </li>`;
}
