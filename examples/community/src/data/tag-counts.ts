import type { Accounts } from '../accounts/site.ts';
import { remembered } from '../remembered.ts';

/** How many posts everybody can see have each tag, by its id. */
export function tagCounts(accounts: Accounts): Promise<ReadonlyMap<number, number>> {
  return remembered(accounts, 'tag counts', () => accounts.entries('posts').countBy('tags'));
}
