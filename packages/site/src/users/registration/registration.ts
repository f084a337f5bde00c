import { inputErrors } from '../../lib/input-errors.ts';
import type { Services } from '../../services.ts';
import { addressClaim, isReclaimable, type AddressClaim } from './address-claim.ts';
import { issueActivation, mailCode } from '../codes/code-mail.ts';
import type { PersonName } from '../person-name.ts';
import { preparePhoto, replacePhoto } from '../photo/photo-rules.ts';
import type { PostedUser } from '../profile/posted-user.ts';
import { checkRegistration, registrationDraft, type RegistrationDraft } from './registration-draft.ts';
import { TakenError } from '../user-store.ts';
import type { NewUser, User, UserPhoto } from '../user.ts';
import { takenError } from '../validate-user.ts';

/** What a registration may be answered with. */
export interface Registration {
  /** The new account; undefined where the answer must not tell whether there was one with this address already. */
  readonly user: User | undefined;
  /** What was registered, as it was sent: the same for an address that is new and for one that is not. */
  readonly shown: PersonName & Pick<User, 'email' | 'username'>;
}

/**
 * Registers a guest. Throws input errors.
 *
 * With `preventUserEnumeration` an address that has an account already gets the same answer after the same work as a new one,
 * and its owner a mail (OWASP: authentication and error messages). Usernames are public: a taken one is always told.
 */
export async function registerUser(services: Services, posted: PostedUser): Promise<Registration> {
  const draft = registrationDraft(services, posted);
  const claim = await checkRegistration(services, draft);
  const passwordHash = draft.password === null ? null : await services.passwords.hash(draft.password);
  const photo = posted.photo ? await preparePhoto(services.photos, posted.photo) : null;
  let user: User | undefined;
  try {
    user = await write(services, draft, claim, { passwordHash, photo });
  } catch (error) {
    if (!(error instanceof TakenError)) throw error;
    await lateComer(services, draft, error);
  }
  services.mailer.wake();
  const { email, username, profile, hidesTaken } = draft;
  return { user: hidesTaken ? undefined : user, shown: { ...profile.name, email, username } };
}

interface Made {
  readonly passwordHash: string | null;
  readonly photo: UserPhoto | null;
}

/** The account that was made, if one was. */
function write(
  services: Services,
  draft: RegistrationDraft,
  claim: AddressClaim,
  made: Made,
): Promise<User | undefined> {
  return services.database.transaction(async (stores) => {
    switch (claim.kind) {
      case 'free': {
        const now = services.now();
        const user = await stores.users.insert(newUser(services, draft, made.passwordHash), now);
        const complete = made.photo === null ? user : await replacePhoto(stores, user, made.photo, now);
        if (draft.beginning.link !== null) await issueActivation(services, stores, complete);
        return complete;
      }
      case 'taken': {
        const owner = await stores.users.lock(claim.owner.id);
        // The link sets a password, which also activates an account that waits for that.
        const mail = { key: 'already_registered', purpose: 'reset-password' } as const;
        if (owner && owner.status !== 'inactive') await mailCode(services, stores, owner, mail);
        return undefined;
      }
      case 'reclaimable': {
        const owner = await stores.users.lock(claim.owner.id);
        const mail = { key: 'account_activation', purpose: 'reclaim' } as const;
        if (owner && isReclaimable(owner, services.settings)) await mailCode(services, stores, owner, mail);
        return undefined;
      }
      case 'waiting':
        return undefined;
    }
  });
}

/** Somebody registered the same address or username since the check: it is taken now. */
async function lateComer(services: Services, draft: RegistrationDraft, { field }: TakenError): Promise<void> {
  const { email, username } = draft;
  if (field === 'username' && draft.choseUsername)
    throw inputErrors({ username: takenError('username', username) });
  if (!draft.hidesTaken) throw inputErrors({ email: takenError('email', email) });
  const claim = await addressClaim(services.database.users, services.settings, email, draft.beginning);
  if (claim.kind === 'taken') await write(services, draft, claim, { passwordHash: null, photo: null });
}

function newUser(
  { settings, now }: Services,
  draft: RegistrationDraft,
  passwordHash: string | null,
): NewUser {
  const { defaultGroup } = settings.users;
  return {
    ...draft.beginning.state,
    ...draft.profile.name,
    email: draft.email,
    username: draft.username,
    fields: draft.profile.fields,
    groups: defaultGroup === undefined ? [] : [defaultGroup],
    passwordHash,
    lastPasswordChangeAt: passwordHash === null ? null : now(),
  };
}
