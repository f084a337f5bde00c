import type { Context } from 'hono';
import { html } from 'hono/html';
import type { PorticoEnv } from 'portico/hono';
import { money } from '../components/money.ts';
import { pot } from '../components/pot.ts';
import { prose } from '../components/prose.ts';
import { findProduct } from '../data/products.ts';
import { layout } from '../layout.ts';

/** GET /products/:id */
export function productPage(c: Context<PorticoEnv, '/products/:id'>): Response | Promise<Response> {
  const ctx = c.var.portico;
  const product = findProduct(ctx.locals.db, c.req.param('id'));
  if (!product) return c.notFound();
  return c.html(
    layout(ctx, {
      title: product.name,
      description: product.description,
      body: html`<article class="product">
        <div class="product-picture">${pot(`${product.name} ${product.id}`)}</div>
        <div>
          <p class="meta"><a href="/products">The shelf</a></p>
          <h1>${product.name}</h1>
          <p class="meta">By ${product.maker}</p>
          <div class="prose">${prose(product.description)}</div>
          <table class="variants">
            <caption class="unseen">Glazes, prices and what is left</caption>
            <thead>
              <tr>
                <th scope="col">Glaze</th>
                <th scope="col">Price</th>
                <th scope="col">Left</th>
              </tr>
            </thead>
            <tbody>
              ${product.variants.map(
                ({ glaze, cents, stock }) => html`<tr>
                  <th scope="row">${glaze}</th>
                  <td>${money(cents)}</td>
                  <td>${stock > 0 ? stock : 'Sold out'}</td>
                </tr>`,
              )}
            </tbody>
          </table>
        </div>
      </article>`,
    }),
  );
}
