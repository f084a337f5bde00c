import type { FormField } from 'portico/html';
import { MAX_LEVELS } from '../../content/help.ts';
import { treeOf, type Branch, type HelpPage } from '../../data/help.ts';

type Options = NonNullable<FormField['options']>;

/** The tree as the options of a `<select>`: the top, and all that a page can stand below, which is nothing of its own. */
export function parentOptions(
  pages: readonly HelpPage[],
  page: HelpPage | undefined,
  chosen: string,
): Options {
  const option = (value: string, label: string): Options[number] => ({
    value,
    label,
    selected: value === chosen,
  });
  const below = ({ page: one, branches }: Branch): Options =>
    one.id === page?.id || one.level >= MAX_LEVELS
      ? []
      : [option(String(one.id), `${'\u2003'.repeat(one.level - 1)}${one.title}`), ...branches.flatMap(below)];
  return [option('', 'Nothing: it is a chapter'), ...treeOf(pages).flatMap(below)];
}
