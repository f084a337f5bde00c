import type { Accounts } from '../accounts/site.ts';
import { FIRST_HELP, type FirstPage } from './first-help.ts';

/** Writes the pages that the help begins with. Whatever it was killed in the midst of, it carries on: what is there stays. */
export async function writeHelp(accounts: Accounts): Promise<void> {
  for (const page of FIRST_HELP) await write(accounts, page, null);
}

async function write(accounts: Accounts, page: FirstPage, parentId: number | null): Promise<void> {
  const { slug, title, body, below = [] } = page;
  const known = await accounts.entries('help').status('any').where({ slug, parentId }).first();
  const { id } = known ?? (await accounts.saveEntry('help', { slug, title, parentId, fields: { body } }));
  for (const child of below) await write(accounts, child, id);
}
