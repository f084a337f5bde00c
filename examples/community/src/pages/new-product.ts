import type { Context } from 'hono';
import { html } from 'hono/html';
import type { ActionInput } from 'portico';
import type { PorticoEnv } from 'portico/hono';
import { attributes, form, hiddenInputs, type FormRow, type ListButton } from 'portico/html';
import { server } from '../actions/index.ts';
import type { createProduct } from '../actions/create-product.ts';
import { errorBanner } from '../components/error-banner.ts';
import { field } from '../components/field.ts';
import type { Markup } from '../components/markup.ts';
import { layout } from '../layout.ts';

type Variant = ActionInput<typeof createProduct>['variants'][number];

/** GET /products/new, for members. The rows of the list are added and removed by the server: no script is needed. */
export function newProductPage(c: Context<PorticoEnv>): Response | Promise<Response> {
  const ctx = c.var.portico;
  ctx.requireLogin();
  const product = form(ctx, server.createProduct);
  const variants = product.list('variants');
  return c.html(
    layout(ctx, {
      title: 'Put a pot on the shelf',
      body: html`<div class="narrow">
        <h1>Put a pot on the shelf</h1>
        <form class="form" method="post" action="${server.createProduct}" data-live>
          ${hiddenInputs(product, { style: null, class: 'unseen' })} ${errorBanner(product)} ${field(product.field('name'), { label: 'What is it called?' })}
          ${field(product.field('description'), {
            label: 'Describe it',
            hint: 'Size, use, and what makes it yours.',
            type: 'textarea',
            attributes: { rows: 5 },
          })}
          <fieldset class="rows" id="glazes">
            <legend>Glazes</legend>
            <ul class="errors" id="variants-errors">
              ${variants.errors.map((message) => html`<li>${message}</li>`)}
            </ul>
            ${variants.rows.map((row) => variantRow(row, variants.rows.length))}
            <button class="quiet-button" ${listButton(variants.add)}>Add a glaze</button>
          </fieldset>
          <button class="button">Put it on the shelf</button>
        </form>
      </div>`,
    }),
  );
}

function variantRow(row: FormRow<Variant>, rows: number): Markup {
  const name = `glaze ${row.index + 1}`;
  return html`<div class="row" role="group" aria-label="Glaze ${row.index + 1}">
    ${field(row.field('glaze'), { label: 'Glaze' })}
    ${field(row.field('price'), { label: 'Price in €', attributes: { inputmode: 'decimal' } })}
    ${field(row.field('stock'), { label: 'How many' })}
    ${
      rows > 1
        ? html`<div class="row-tools">
          <button class="quiet-button" ${listButton(row.up)} aria-label="Move ${name} up">Up</button>
          <button class="quiet-button" ${listButton(row.down)} aria-label="Move ${name} down">Down</button>
          <button class="quiet-button" ${listButton(row.remove)} aria-label="Remove ${name}">Remove</button>
        </div>`
        : ''
    }
  </div>`;
}

/** The page comes back with the list changed, and scrolled to it. */
function listButton(button: ListButton): Markup {
  return attributes({ ...button.attributes, formaction: `${server.createProduct}#glazes` });
}
