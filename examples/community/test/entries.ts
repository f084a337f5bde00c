import { createAccounts, type Accounts } from '../src/accounts/site.ts';

/** Does something to the content of a site that runs, as a program beside it would. */
export async function atTheDesk<Result>(
  dataFolder: string,
  work: (accounts: Accounts) => Promise<Result>,
): Promise<Result> {
  const accounts = createAccounts({ dataFolder, siteUrl: 'http://localhost' });
  try {
    return await work(accounts);
  } finally {
    await accounts.close();
  }
}

export const TOMORROW = (): Date => new Date(Date.now() + 86_400_000);
export const YESTERDAY = (): Date => new Date(Date.now() - 86_400_000);
