import type { Services } from '../../services.ts';
import { isOpen, stateOf, transition } from '../account-state.ts';
import { addressChanges } from '../profile/apply-email-change.ts';
import { mailNotice } from './code-mail.ts';
import { takenMeanwhile, type CodeUse } from './set-password.ts';
import { TakenError } from '../user-store.ts';
import type { CodePurpose } from './verification-code-store.ts';
import { checkCode, consumeCode, invalidCode } from './verification.ts';

/** Codes that confirm an address. Not those that set a password: they are for a page that asks for one. */
export const EMAIL_CODES: readonly CodePurpose[] = ['activate', 'verify-email'];

/**
 * Confirms an address by a code that was mailed to it, and uses the code up: a new address takes the place of the former one,
 * or the account is activated, unless an administrator must let it in first. Throws `invalidCode()`, and 409 `CONFLICT` when
 * somebody else has the address by now.
 */
export async function verifyEmailByCode(
  services: Services,
  { uid, code }: { readonly uid: string; readonly code: string },
): Promise<CodeUse> {
  const { database, settings, mailer } = services;
  const valid = await checkCode(services, uid, code, EMAIL_CODES);
  if (!valid) throw invalidCode();
  const use = await database
    .transaction(async (stores): Promise<CodeUse> => {
      const { user, purpose } = await consumeCode(services, stores, valid.user.id, code, EMAIL_CODES);
      const now = services.now();
      if (purpose === 'activate') {
        const { state } = transition(stateOf(user), 'verify');
        return { user: await stores.users.update(user.id, { ...state }, now), isActivation: !isOpen(user) };
      }
      // An administrator may have given the user another address in the meantime.
      if (user.unverifiedEmail === null) throw invalidCode();
      const after = await stores.users.update(
        user.id,
        addressChanges(settings, user, user.unverifiedEmail),
        now,
      );
      await mailNotice(services, stores, user, 'email');
      return { user: after, isActivation: false };
    })
    .catch((failure: unknown) => {
      throw failure instanceof TakenError
        ? takenMeanwhile(valid.user.unverifiedEmail ?? valid.user.email)
        : failure;
    });
  mailer.wake();
  return use;
}
