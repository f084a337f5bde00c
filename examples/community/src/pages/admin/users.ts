import type { Context } from 'hono';
import { html } from 'hono/html';
import { ActionError } from 'portico';
import type { PorticoEnv } from 'portico/hono';
import { pageNumber, pager } from '../../components/pager.ts';
import { layout } from '../../layout.ts';
import { searchForm, searchQuery, STATUSES } from './user-search.ts';
import { userCard } from './user-card.ts';

const ON_A_PAGE = 20;

/** GET /admin/users?search=&status=&page=, for those who may see all accounts. */
export async function usersPage(c: Context<PorticoEnv>): Promise<Response> {
  const ctx = c.var.portico;
  ctx.requireLogin();
  if (!ctx.can('viewUsers')) {
    throw new ActionError({
      code: 'FORBIDDEN',
      message: 'This page is for those who look after the members.',
    });
  }
  const search = (c.req.query('search') ?? '').slice(0, 255);
  const status = STATUSES.find(([value]) => value === c.req.query('status'))?.[0];
  const page = pageNumber(c.req.query('page'));
  const { users: actions } = ctx.locals.accounts.actions;
  const [found, elevation] = await Promise.all([
    ctx.callAction(actions.getUsers, {
      search,
      status,
      limit: ON_A_PAGE,
      offset: (page - 1) * ON_A_PAGE,
    }),
    ctx.callAction(actions.getElevatedSessionTimeout),
  ]);
  if (found.error) throw found.error;
  const { users, total } = found.data;
  const isElevated = elevation.data?.timeout !== 0;
  return c.html(
    layout(ctx, {
      title: 'Members',
      hasForms: false,
      body: html`<h1>Members</h1>
        ${searchForm(search, status)}
        <p class="meta" role="status">${total === 1 ? '1 account' : `${total} accounts`}</p>
        <ul class="cards">${users.map((user) => userCard(ctx, user, isElevated))}</ul>
        ${pager({
          page,
          pages: Math.ceil(total / ON_A_PAGE),
          href: (to) => `/admin/users?${searchQuery(search, status, to)}`,
        })}`,
    }),
  );
}
