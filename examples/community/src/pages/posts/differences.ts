import { html } from 'hono/html';
import type { PorticoContext } from 'portico';
import type { Accounts } from '../../accounts/site.ts';
import { moment } from '../../components/dates.ts';
import type { Markup } from '../../components/markup.ts';

type Difference = NonNullable<Awaited<ReturnType<Accounts['queries']['revisions']['compare']>>>[number];
type Value = Difference['before'];

/** What differs, then and now, each thing as people call it. */
export async function differences(ctx: PorticoContext, found: readonly Difference[]): Promise<Markup> {
  const names = await namesOf(ctx, found);
  return html`<dl class="differences">
    ${found.map(
      ({ path, label, before, after }) => html`<div>
        <dt>${label}</dt>
        <dd><span class="meta">Then</span> ${shown(path, before, names)}</dd>
        <dd><span class="meta">Now</span> ${shown(path, after, names)}</dd>
      </div>`,
    )}
  </dl>`;
}

type Names = (path: string, id: number) => string;

/** Tags, pictures and people are told by their ids. */
async function namesOf({ locals }: PorticoContext, found: readonly Difference[]): Promise<Names> {
  const { entries, queries } = locals.accounts;
  const idsAt = (path: string): readonly number[] =>
    found.flatMap((one) => (one.path === path ? [...numbers(one.before), ...numbers(one.after)] : []));
  const [tags, covers, users] = await Promise.all([
    entries('tags').status('any').where('id', 'in', idsAt('fields.tags')).all(),
    queries.assets.findMany(idsAt('fields.cover')),
    Promise.all(idsAt('authors').map((id) => queries.users.find(id))),
  ]);
  const names: Readonly<Record<string, ReadonlyMap<number, string | null>>> = {
    'fields.tags': new Map(tags.map(({ id, title }) => [id, title])),
    'fields.cover': new Map(covers.map(({ id, filename }) => [id, filename])),
    authors: new Map(users.flatMap((user) => (user === undefined ? [] : [[user.id, user.fullName]]))),
  };
  return (path, id) => names[path]?.get(id) ?? 'something that is gone';
}

function shown(path: string, value: Value, names: Names): Markup {
  if (value === null || value === '' || (Array.isArray(value) && value.length === 0))
    return html`<em>nothing</em>`;
  if (Array.isArray(value))
    return numbers(value)
      .map((id) => names(path, id))
      .join(', ');
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'string' && path.endsWith('Date')) return moment(value);
  return html`<pre class="written">${String(value)}</pre>`;
}

function numbers(value: Value): readonly number[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'number') : [];
}
