import { createAccounts } from '../src/accounts/site.ts';

export const PASSWORD = 'a brick in the damper';

/** Members of the tests, by the names they sign in with. */
const NAMES: Readonly<Record<string, string>> = {
  ines: 'Inês Tester',
  tomasz: 'Tomasz Tester',
  ruth: 'Ruth Tester',
  kenji: 'Kenji Tester',
};

export interface MemberOptions {
  readonly admin?: boolean;
  /** Whether in the group of members, as whoever registers. Default: yes. */
  readonly isMember?: boolean;
  /** Beside that one. */
  readonly groups?: readonly string[];
}

export function addressOf(username: string): string {
  return `${username}@studio.test`;
}

/** Makes an account as if it had been there for long, in the database of a site that runs. Nothing happens where there is one. */
export async function makeMember(
  dataFolder: string,
  username: string,
  { admin = false, isMember = true, groups = [] }: MemberOptions = {},
): Promise<void> {
  const accounts = createAccounts({ dataFolder, siteUrl: 'http://localhost' });
  try {
    const { database, passwords, now } = accounts.services;
    if (await database.users.findByLoginName(username)) return;
    await database.users.insert(
      {
        username,
        email: addressOf(username),
        fullName: NAMES[username] ?? `${username} Tester`,
        firstName: username,
        lastName: 'Tester',
        status: 'active',
        verified: true,
        approved: true,
        admin,
        groups: [...(isMember ? ['members'] : []), ...groups],
        passwordHash: await passwords.hash(PASSWORD),
      },
      now(),
    );
  } finally {
    await accounts.close();
  }
}
