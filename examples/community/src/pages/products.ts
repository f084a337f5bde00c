import type { Context } from 'hono';
import { html } from 'hono/html';
import type { PorticoEnv } from 'portico/hono';
import { money } from '../components/money.ts';
import { pot } from '../components/pot.ts';
import { listProducts } from '../data/products.ts';
import { layout } from '../layout.ts';

/** GET /products */
export function productsPage(c: Context<PorticoEnv>): Response | Promise<Response> {
  const ctx = c.var.portico;
  const products = listProducts(ctx.locals.db);
  return c.html(
    layout(ctx, {
      title: 'The shelf',
      description: 'Pots by members, for sale at the studio.',
      body: html`<div class="heading-row">
          <h1>The shelf</h1>
          <a class="button" href="/products/new">Put a pot on the shelf</a>
        </div>
        <p class="lead">Made by members, sold at the studio door. Half of the price goes into the kiln.</p>
        <ul class="shelf">
          ${products.map(
            (product) => html`<li class="shelf-item">
              <a href="/products/${product.id}">
                ${pot(`${product.name} ${product.id}`)}
                <span class="shelf-name">${product.name}</span>
              </a>
              <span class="meta">${product.maker}</span>
              <span class="meta">${product.stock > 0 ? `from ${money(product.cents)}` : 'Sold out'}</span>
            </li>`,
          )}
        </ul>`,
    }),
  );
}
