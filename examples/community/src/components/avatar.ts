import { randomBytes } from 'node:crypto';
import { html } from 'hono/html';
import type { Markup } from './markup.ts';
import { pot } from './pot.ts';

export interface Face {
  readonly name: string;
  readonly photoUrl: string | null;
}

/** A member's photo, or until there is one a pot of their own. The name stands beside it, so it needs no reading out. */
export function avatar({ name, photoUrl }: Face, className = ''): Markup {
  return html`<span class="avatar ${className}" aria-hidden="true">
    ${photoUrl === null ? pot(name, '', `-${randomBytes(4).toString('hex')}`) : html`<img src="${photoUrl}" alt="" width="96" height="96" />`}
  </span>`;
}

/** Who wrote something: the face, the name and what stands with them. */
export function byline(face: Face, ...more: readonly Markup[]): Markup {
  return html`<p class="byline meta">
    ${avatar(face)}<span><strong>${face.name}</strong>${more.map((part) => html` · ${part}`)}</span>
  </p>`;
}
