import { ActionError } from 'portico';
import type { Services } from '../../services.ts';
import { stateOf, transition } from '../account-state.ts';
import { issueActivation } from '../codes/code-mail.ts';
import { forbidden } from '../forbidden.ts';
import { notFound } from '../administration/manage-user.ts';
import { takenMeanwhile } from '../codes/set-password.ts';
import { TakenError } from '../user-store.ts';
import type { User } from '../user.ts';

/** Mails the activation link once more, if the account of this name waits for that. Tells nobody whether it did. */
export async function resendActivation(services: Services, loginName: string): Promise<void> {
  const { database, mailer } = services;
  const found = await database.users.findByLoginName(loginName);
  if (!found || !transition(stateOf(found), 'resend').sendsActivation) return;
  await database.transaction(async (stores) => {
    const user = await stores.users.lock(found.id);
    if (!user || user.suspended || !transition(stateOf(user), 'resend').sendsActivation) return;
    await issueActivation(services, stores, user);
  });
  mailer.wake();
}

/**
 * Lets an account in, as far as its owner then uses the link of the mail. `actor` has `administrateUsers`; an administrator's
 * account is for administrators (CVE-2026-86731). Throws 400 for one that is active, and 409 when the address is taken.
 */
export async function inviteUser(services: Services, actor: User, userId: number): Promise<void> {
  const { database, mailer } = services;
  await database
    .transaction(async (stores) => {
      const user = await stores.users.lock(userId);
      if (!user) throw notFound();
      if (user.admin && !actor.admin) throw forbidden();
      const { state, sendsActivation } = transition(stateOf(user), 'invite');
      if (!sendsActivation) throw notWaiting();
      // Pending accounts have a username.
      const username = user.username ?? user.email;
      const invited = await stores.users.update(user.id, { ...state, username }, services.now());
      await issueActivation(services, stores, invited);
    })
    .catch(async (error: unknown) => {
      if (!(error instanceof TakenError)) throw error;
      throw takenMeanwhile((await database.users.find(userId))?.email ?? '');
    });
  mailer.wake();
}

function notWaiting(): ActionError {
  return new ActionError({
    code: 'BAD_REQUEST',
    message: 'Activation emails can only be sent to inactive or pending users',
  });
}
