import { ActionError, defineAction, type ActionContext } from 'portico';
import { z } from 'zod';
import { destinationUrl } from '../../lib/destination.ts';
import type { Services } from '../../services.ts';
import { isElevated } from '../../sessions/elevation.ts';
import { impersonatorOf } from '../../sessions/impersonation.ts';
import { keepSignedIn, signIn } from '../../sessions/sign-in.ts';
import { isOpen } from '../../users/account-state.ts';
import { createUser } from '../../users/registration/create-user.ts';
import { can, currentUser } from '../../users/current-user.ts';
import { forbidden } from '../../users/forbidden.ts';
import { postedUser, type PostedUser } from '../../users/profile/posted-user.ts';
import { registerUser } from '../../users/registration/registration.ts';
import { updateUser } from '../../users/profile/save-user.ts';
import type { Saver } from '../../users/profile/saver.ts';
import { managedUser, ownUser } from '../../users/user-view.ts';
import type { User } from '../../users/user.ts';
import { flag } from '../parts/flag.ts';
import { saveUserBody, saveUserLimits } from '../parts/save-user-limits.ts';

const text = z.string().nullish();
const secret = z.string().max(4096).optional();

// Loose for `fieldsLocation`, which may name any place: what is not named here is never used but for custom fields.
const input = z.looseObject({
  userId: z.int().positive().optional(),
  email: text,
  username: text,
  password: secret,
  newPassword: secret,
  currentPassword: secret,
  fullName: text,
  firstName: text,
  lastName: text,
  passwordResetRequired: flag,
  admin: flag,
  sendVerificationEmail: flag,
  sendActivationEmail: flag,
  /** A file, or `{ data, filename }`. */
  photo: z.unknown().optional(),
  deletePhoto: flag,
  fieldsLocation: text,
});

const nativeNames: ReadonlySet<string> = new Set(Object.keys(input.shape));

/**
 * `POST users/save-user`: registers a guest; saves one's own account, or with `editUsers` the one of `userId`; makes an
 * account for somebody else with `registerUsers`. Only what is sent changes. Custom fields are sent as `fields[…]`.
 *
 * Where nobody is to learn whether an address has an account, a registration answers without `id` and `modelId`, and `user`
 * holds what was sent: see `registerUser`.
 */
export const saveUser = (services: Services) =>
  defineAction({
    accept: 'any',
    once: true,
    access: (ctx) => ctx.user !== null || mayRegister(services),
    input,
    // A file, or what a script sends as `photo[data]`.
    decode: { photo: 'file' },
    limit: saveUserLimits(services.settings),
    body: saveUserBody(services.settings),
    model: 'user',
    messages: { success: 'User saved.', failure: 'Couldn’t save user.' },
    async handler({ userId, ...params }, ctx) {
      const posted = postedUser(params, nativeNames, services);
      if (ctx.user !== null) return save(ctx, services, userId, posted);
      // A form of somebody whose session has ended is no registration.
      if (userId !== undefined) throw new ActionError({ code: 'UNAUTHORIZED', message: 'Login Required' });
      return register(ctx, services, posted);
    },
  });

function mayRegister({ settings }: Services): true {
  if (settings.users.allowPublicRegistration) return true;
  throw new ActionError({ code: 'FORBIDDEN', message: 'Public registration is not allowed' });
}

async function register(ctx: ActionContext, services: Services, posted: PostedUser) {
  const { settings } = services;
  const { user, shown } = await registerUser(services, posted);
  ctx.message = 'User registered.';
  if (user === undefined) return { user: shown };
  if (isOpen(user)) {
    ctx.redirect(destinationUrl(settings, settings.activateAccountSuccessPath));
    if (settings.autoLoginAfterAccountActivation) signIn(ctx, services, user);
  }
  return { id: user.id, user: ownUser(user, settings) };
}

async function save(ctx: ActionContext, services: Services, userId: number | undefined, posted: PostedUser) {
  const saver: Saver = {
    user: currentUser(ctx),
    isElevated: isElevated(ctx, services),
    isImpersonated: impersonatorOf(ctx) !== undefined,
  };
  if (userId === undefined) {
    if (!can(ctx, 'registerUsers')) throw forbidden();
    return answer(services, saver.user, await createUser(services, saver, posted));
  }
  const { user, hasNewPassword } = await updateUser(services, saver, userId, posted);
  if (hasNewPassword) keepSignedIn(ctx, services, user);
  return answer(services, saver.user, user);
}

function answer(services: Services, viewer: User, user: User) {
  return {
    id: user.id,
    user: user.id === viewer.id ? ownUser(user, services.settings) : managedUser(user, services),
  };
}
