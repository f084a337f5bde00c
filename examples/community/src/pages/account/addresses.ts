import type { Context } from 'hono';
import { html } from 'hono/html';
import { formatAddressHtml, type AddressRecord } from '@portico/site';
import type { PorticoContext } from 'portico';
import type { PorticoEnv } from 'portico/hono';
import { actionButton } from '../../components/action-button.ts';
import type { Markup } from '../../components/markup.ts';
import { accountOwner, room } from './room.ts';

/** GET /account/addresses */
export async function addressesPage(c: Context<PorticoEnv>): Promise<Response> {
  const ctx = c.var.portico;
  const user = accountOwner(ctx);
  const addresses = await ctx.locals.accounts.queries.addresses.listOf(user.id);
  return c.html(
    room(ctx, user, {
      title: 'Addresses',
      lead: 'Where parcels with pots go to.',
      body: html`${
        addresses.length === 0
          ? html`<p class="empty-list">No address yet.</p>`
          : html`<ul class="cards">${addresses.map((address) => addressCard(ctx, address))}</ul>`
      }
      <p><a class="button" href="/account/addresses/new">Add an address</a></p>`,
    }),
  );
}

function addressCard(ctx: PorticoContext, address: AddressRecord): Markup {
  const name = address.title ?? 'Address';
  const { locality } = address;
  const spoken = locality === null ? name : `${name}, ${locality}`;
  return html`<li class="card">
    <h2>${name}</h2>
    <address>${formatAddressHtml(address)}</address>
    <div class="buttons">
      <a class="quiet-button" href="/account/addresses/${address.id}" aria-label="Edit: ${spoken}">Edit</a>
      ${deleteButton(ctx, address.id, `Delete: ${spoken}`)}
    </div>
  </li>`;
}

export function deleteButton(ctx: PorticoContext, addressId: number, name: string): Markup {
  return actionButton(ctx, {
    action: 'users/delete-address',
    label: 'Delete',
    name,
    values: { addressId },
    page: '/account/addresses',
  });
}
