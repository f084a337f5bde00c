import type { Context } from 'hono';
import { html } from 'hono/html';
import { countries, type CurrentUser } from '@portico/site';
import type { ActionOutput, PorticoContext } from 'portico';
import type { PorticoEnv } from 'portico/hono';
import { attributes, form, hiddenInput, hiddenInputs, type FormField } from 'portico/html';
import type { Accounts } from '../../accounts/site.ts';
import { errorBanner } from '../../components/error-banner.ts';
import { field } from '../../components/field.ts';
import type { Markup } from '../../components/markup.ts';
import { deleteButton } from './addresses.ts';
import { accountOwner, room } from './room.ts';

type FormatField = ActionOutput<Accounts['actions']['addresses']['format']>['fields'][number];

/**
 * GET /account/addresses/new and /account/addresses/:id. The country comes first, by a form of its own that asks for this page
 * again with `?country=`, since it decides over all other fields.
 */
export async function addressPage(c: Context<PorticoEnv>): Promise<Response> {
  const ctx = c.var.portico;
  const user = accountOwner(ctx);
  const id = c.req.param('id');
  const known = id === undefined ? undefined : await ownAddress(ctx, user, Number(id));
  if (id !== undefined && known === undefined) return Promise.resolve(c.notFound());
  const title = known ? 'Change an address' : 'A new address';
  return c.html(
    room(ctx, user, {
      title,
      body: html`${await addressForm(ctx, user, known, c.req.query('country'))}
        ${known ? html`<div class="apart">${deleteButton(ctx, known.id, 'Delete this address')}</div>` : ''}`,
    }),
  );
}

type OwnAddress = NonNullable<Awaited<ReturnType<Accounts['queries']['addresses']['find']>>>;

async function ownAddress(
  { locals }: PorticoContext,
  user: CurrentUser,
  id: number,
): Promise<OwnAddress | undefined> {
  const address = Number.isSafeInteger(id) ? await locals.accounts.queries.addresses.find(id) : undefined;
  return address?.ownerId === user.id ? address : undefined;
}

async function addressForm(
  ctx: PorticoContext,
  user: CurrentUser,
  known: OwnAddress | undefined,
  wanted: string | undefined,
): Promise<Markup> {
  const { actions, services } = ctx.locals.accounts;
  const { title, fullName = user.fullName } = known ?? {};
  const countryCode = wanted ?? known?.countryCode ?? services.settings.defaultCountryCode;
  const address = form(ctx, actions.users.saveAddress, {
    values: { ...known, title: title ?? null, fullName, countryCode },
    redirect: '/account/addresses',
    failMessage: 'The address is not saved yet: see the form.',
  });
  // As it was sent, where the page is shown again; the query may have been made up.
  const asked = await ctx.callAction(actions.addresses.format, {
    country: String(address.field('countryCode').value),
  });
  const format = asked.data ?? (await ctx.callAction(actions.addresses.format, {}).then(({ data }) => data));
  if (!format) throw new Error('The rules of addresses cannot be read.', { cause: asked.error });
  return html`${countryForm(format.countryCode)}
    <form class="form" ${attributes(address.attributes)}>
      ${hiddenInputs(address)} ${known ? hiddenInput('addressId', known.id) : ''} ${errorBanner(address)}
      <div class="address-fields" data-address-fields>
        ${hiddenInput('countryCode', format.countryCode)}
        ${field(address.field('title'), {
          label: 'What do you call it? (optional)',
          hint: '“Home”, “Studio”, “My mother”.',
          attributes: { autocomplete: 'off' },
        })}
        ${format.fields.map((of) => addressField(address.field(of.name), of))}
      </div>
      <button class="button">Save the address</button>
    </form>`;
}

function countryForm(current: string): Markup {
  return html`<form class="country" method="get" data-country>
    <label for="country">Country</label>
    <div class="search-row">
      <select id="country" name="country" autocomplete="country">
        ${countries().map(
          ({ code, name }) =>
            html`<option value="${code}" ${code === current ? 'selected' : ''}>${name}</option>`,
        )}
      </select>
      <button class="quiet-button">Change</button>
    </div>
  </form>`;
}

/** A field as the country's rules describe it. No `pattern`: browsers compare it with the letters in their case. */
function addressField(
  of: FormField,
  { label, required, autocomplete, options, example }: FormatField,
): Markup {
  const choices = options?.map(({ value, name, latinName }) => ({
    value,
    label: latinName === null ? name : `${name} · ${latinName}`,
    selected: value === of.value,
  }));
  return field(choices ? { ...of, options: choices } : of, {
    label: required ? label : `${label} (optional)`,
    ...(example !== null && { hint: `Such as ${example}.` }),
    attributes: {
      ...(autocomplete !== null && { autocomplete }),
      ...(required && { required }),
    },
  });
}
