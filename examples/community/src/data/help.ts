import type { PorticoContext } from 'portico';
import type { Accounts } from '../accounts/site.ts';

type HelpQuery = ReturnType<typeof everyPage>;
export type HelpPage = Awaited<ReturnType<HelpQuery['all']>>[number];

/** The help as the visitor sees it: who looks after it sees what is not published, too. In the order of the tree. */
export function helpFor({ locals, user }: PorticoContext): HelpQuery {
  return everyPage(locals.accounts).visibleTo(user);
}

function everyPage({ entries }: Accounts) {
  return entries('help').status('live', 'pending', 'expired', 'disabled');
}

/** The pages above a path, from the top: `help/kiln/salt` is below `help/kiln`. */
export async function pagesAbove(ctx: PorticoContext, uri: string): Promise<readonly HelpPage[]> {
  const parts = uri.split('/');
  const above = parts.slice(1, -1).map((_, at) => parts.slice(0, at + 2).join('/'));
  return above.length === 0 ? [] : helpFor(ctx).where('uri', 'in', above).orderBy('uri').all();
}

export interface Branch {
  readonly page: HelpPage;
  readonly branches: readonly Branch[];
}

/** A list in the order of the tree as a tree. What is below a page that is not in the list stands at the top. */
export function treeOf(pages: readonly HelpPage[]): readonly Branch[] {
  const known = new Set(pages.map(({ id }) => id));
  const byParent = Map.groupBy(pages, ({ parentId }) =>
    parentId !== null && known.has(parentId) ? parentId : null,
  );
  const below = (id: number | null): readonly Branch[] =>
    (byParent.get(id) ?? []).map((page) => ({ page, branches: below(page.id) }));
  return below(null);
}
