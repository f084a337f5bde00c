import type { Settings } from '../../config.ts';
import type { Stores } from '../../database.ts';
import { stateOf, transition } from '../account-state.ts';
import { issueActivation, mailCode, mailNotice, type MailingServices } from '../codes/code-mail.ts';
import { isEmailAsUsername, ownerOfEmail } from '../taken.ts';
import type { User, UserChanges } from '../user.ts';
import type { UpdatePlan } from './update-plan.ts';

type Settled = Pick<Settings, 'useEmailAsUsername'>;

/** What a new address changes of a user, as stored before. */
export function emailChanges(
  settings: Settled,
  user: User,
  { email: plan, changes }: UpdatePlan,
): UserChanges {
  if (plan.kind === 'none') return {};
  if (plan.kind === 'after-verification') return { unverifiedEmail: plan.email };
  return {
    ...addressChanges(settings, user, plan.email),
    // A username that was chosen in the same form stays as chosen.
    ...(changes.username !== undefined && { username: changes.username }),
    ...(plan.kind === 'now' && plan.sendsMail && user.status !== 'active'
      ? transition(stateOf(user), 'invite').state
      : {}),
  };
}

/** The address, and the username where it is the address. */
export function addressChanges(settings: Settled, user: User, email: string): UserChanges {
  return {
    email,
    unverifiedEmail: null,
    ...(isEmailAsUsername(settings, user) && { username: email }),
  };
}

/** The mails that go with a new address. `before` and `after` are the user around the change. */
export async function applyEmailChange(
  services: MailingServices,
  stores: Pick<Stores, 'users' | 'codes' | 'outbox'>,
  before: User,
  after: User,
  { email: plan }: UpdatePlan,
): Promise<void> {
  if (plan.kind === 'none' || plan.kind === 'respelled') return;
  if (plan.kind === 'after-verification') {
    const to = plan.email;
    const owner = await ownerOfEmail(stores.users, to, after);
    // Who saves is told the same in either case, so only the owner of the address may learn that it is taken.
    if (!owner)
      return mailCode(services, stores, after, { key: 'verify_new_email', purpose: 'verify-email', to });
    await mailCode(services, stores, owner, { key: 'already_registered', purpose: 'reset-password' });
    // Or a code that was mailed to an address of before would vouch for this one.
    return stores.codes.remove(after.id);
  }
  // What was mailed to the former address would vouch for the new one.
  await stores.codes.remove(after.id);
  if (before.status === 'active') await mailNotice(services, stores, before, 'email');
  else if (plan.sendsMail) await issueActivation(services, stores, after);
}
