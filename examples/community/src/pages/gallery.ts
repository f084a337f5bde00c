import type { Context } from 'hono';
import { html } from 'hono/html';
import type { PorticoContext } from 'portico';
import type { PorticoEnv } from 'portico/hono';
import { attributes, form, hiddenInputs } from 'portico/html';
import { MAX_PICTURE } from '../actions/gallery/upload.ts';
import { server } from '../actions/index.ts';
import { errorBanner } from '../components/error-banner.ts';
import { field } from '../components/field.ts';
import type { Markup } from '../components/markup.ts';
import { pot } from '../components/pot.ts';
import { listPictures } from '../data/pictures.ts';
import { layout } from '../layout.ts';
import { signInLink } from '../sign-in-link.ts';

/** GET /gallery */
export function galleryPage(c: Context<PorticoEnv>): Response | Promise<Response> {
  const ctx = c.var.portico;
  const pictures = listPictures(ctx.locals.db);
  return c.html(
    layout(ctx, {
      title: 'Gallery',
      description: 'Pictures from the studio, by members.',
      body: html`<h1>Gallery</h1>
        <p class="lead">Kiln openings, cracked feet, the cat. Everything members thought worth a picture.</p>
        ${
          pictures.length === 0
            ? html`<div class="empty">${pot('an empty gallery')}
              <p>No pictures yet. The first one could be yours.</p>
            </div>`
            : html`<ul class="gallery">
              ${pictures.map(
                ({ file, caption, member }) => html`<li>
                  <figure>
                    <a href="/uploads/${file}"><img src="/uploads/${file}" alt="${caption}" loading="lazy" /></a>
                    <figcaption>${caption}<br /><span class="meta">${member}</span></figcaption>
                  </figure>
                </li>`,
              )}
            </ul>`
        }
        ${
          ctx.user
            ? uploadForm(ctx)
            : html`<p><a href="${signInLink(ctx)}">Sign in</a> to hang a picture.</p>`
        }`,
    }),
  );
}

function uploadForm(ctx: PorticoContext): Markup {
  const upload = form(ctx, server.gallery.upload);
  const limit = `${MAX_PICTURE / 1024 / 1024} MB`;
  return html`<section class="narrow" aria-labelledby="hang">
    <h2 id="hang">Hang a picture</h2>
    <form class="form" ${attributes(upload.attributes)}>
      ${hiddenInputs(upload)} ${errorBanner(upload)}
      ${field(upload.field('picture'), { label: 'Picture', hint: `PNG, JPEG, WebP or GIF, at most ${limit}.` })}
      ${field(upload.field('caption'), { label: 'What do we see?', hint: 'Read out to those who cannot see the picture.' })}
      <progress data-portico-progress max="1" value="0" aria-label="Upload"></progress>
      <button class="button">Hang it</button>
    </form>
  </section>`;
}
