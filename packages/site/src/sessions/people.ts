import type { People } from 'portico';
import type { Services } from '../services.ts';
import { signIn } from './sign-in.ts';

const MOST = 20;

/** The site's users, for tools of development that sign in as one of them. Nothing of it belongs into production. */
export function createPeople(services: Pick<Services, 'database' | 'settings' | 'now'>): People {
  const { users } = services.database;
  return {
    async list(search) {
      const wanted = search.trim();
      const found = await users.list({ ...(wanted !== '' && { search: wanted }), limit: MOST, offset: 0 });
      return found.users.map((user) => ({
        id: String(user.id),
        label: [
          user.username ?? user.email,
          user.admin ? 'administrator' : user.groups.join(', '),
          user.status,
        ]
          .filter((part) => part !== '' && part !== 'active')
          .join(' · '),
      }));
    },
    async signIn(ctx, id) {
      const user = await users.find(Number(id));
      if (!user) throw new Error(`There is no user ${id}.`);
      if (!signIn(ctx, services, user)) {
        throw new Error(
          'The request lacks the User-Agent or address that requireUserAgentAndIpForSession asks for.',
        );
      }
    },
  };
}
