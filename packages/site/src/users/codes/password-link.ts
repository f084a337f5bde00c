import type { Stores } from '../../database.ts';
import type { Services } from '../../services.ts';
import type { User } from '../user.ts';
import { codeLink, issueCode } from './verification.ts';

/**
 * A link with which a user sets a password, once: the same that a mail would carry, and in the place of any that was mailed.
 * It also opens an account that was made for somebody else. Whoever has it can take the account over.
 */
export async function passwordLink(
  services: Pick<Services, 'settings' | 'now'>,
  stores: Pick<Stores, 'codes'>,
  user: Pick<User, 'id' | 'uid' | 'status' | 'passwordHash'>,
): Promise<string> {
  const activates = user.status === 'pending' && user.passwordHash === null;
  const purpose = activates ? 'activate' : 'reset-password';
  return codeLink(services, purpose, user, await issueCode(services, stores, user, purpose));
}
