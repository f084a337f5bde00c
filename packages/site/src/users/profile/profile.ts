import { applyFields } from '../../fields/apply-fields.ts';
import { circumstances } from '../../fields/circumstances.ts';
import { fieldErrors } from '../../fields/posted-fields.ts';
import type { FieldValues } from '../../fields/field.ts';
import type { Services } from '../../services.ts';
import { personName, type PersonName } from '../person-name.ts';
import type { PostedUser } from './posted-user.ts';
import type { UserChanges } from '../user.ts';
import { BLANK_FULL_NAME, nameErrors, type UserErrors } from '../validate-user.ts';

/** Name and custom fields after a save. */
export interface Profile {
  readonly name: PersonName;
  readonly fields: FieldValues;
  /** Only what is another value now. */
  readonly changes: UserChanges;
  readonly errors: UserErrors;
}

/**
 * What must be there: all that is required; that of which anything was sent (a form for a password must not fail for a field it
 * does not have); nothing.
 */
export type Requirement = 'all' | 'sent' | 'none';

const NAMES = ['fullName', 'firstName', 'lastName'] as const;

/**
 * Puts the name and the custom fields that were sent over those there are. To be asked twice: before the first write, for
 * the errors; and in the transaction with the locked user, so that two forms saved at once lose nothing that only one sent.
 */
export function applyProfile(
  services: Pick<Services, 'settings' | 'content' | 'now'>,
  posted: PostedUser,
  current: PersonName & { readonly fields: FieldValues },
  requirement: Requirement,
): Profile {
  const { users } = services.settings;
  const { fullName, firstName, lastName } = current;
  const before: PersonName = { fullName, firstName, lastName };
  const name = personName(posted, before);
  const sent = NAMES.filter((field) => posted[field] !== undefined);
  const requires = (anySent: boolean): boolean =>
    requirement === 'all' || (requirement === 'sent' && anySent);
  const applied = applyFields(users.fields, posted.fields, current.fields, {
    ...circumstances(services),
    checkRequired: requires(hasAny(posted.fields)),
  });
  const mustHaveName = users.requireFullName && requires(sent.length > 0);
  const errors: UserErrors = {
    ...nameErrors(name, sent),
    ...(mustHaveName && name.fullName === null && { fullName: BLANK_FULL_NAME }),
    ...fieldErrors(posted.input, applied.errors),
  };
  const changes: UserChanges = {
    ...(NAMES.some((field) => name[field] !== before[field]) && name),
    ...(applied.changed.length > 0 && { fields: applied.values }),
  };
  return { name, fields: applied.values, changes, errors };
}

function hasAny(fields: unknown): boolean {
  return typeof fields === 'object' && fields !== null && Object.keys(fields).length > 0;
}
