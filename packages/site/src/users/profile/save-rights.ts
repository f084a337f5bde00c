import type { Settings } from '../../config.ts';
import { exceeds } from '../administration/may-manage.ts';
import { hasPermission } from '../permissions/permissions.ts';
import type { User } from '../user.ts';

/** What one user may change of an account, another's or their own. */
export interface Rights {
  /** Anything at all: names, custom fields, the photo. */
  readonly edits: boolean;
  /** The password. */
  readonly setsPassword: boolean;
  /** Whether the password must be changed, and the address without confirming it. */
  readonly administrates: boolean;
  /** The e-mail address. */
  readonly setsEmail: boolean;
  readonly setsUsername: boolean;
  readonly setsAdmin: boolean;
}

/**
 * Only administrators edit administrators. Another's address is for `administrateUsers`, and not if that user may do more: a
 * new address is a new password by mail (CVE-2024-21622). Nobody makes himself an administrator or stops being one here.
 */
export function rightsOver(
  settings: Pick<Settings, 'users'>,
  actor: User,
  target: User,
  isElevated: boolean,
): Rights {
  const isSelf = actor.id === target.id;
  const may = (permission: string): boolean => hasPermission(actor, settings, permission);
  const edits = isSelf || (may('editUsers') && (!target.admin || actor.admin));
  const administrates = edits && may('administrateUsers');
  return {
    edits,
    setsPassword: isSelf,
    administrates,
    setsEmail: isSelf || (administrates && !exceeds(target, actor, settings)),
    setsUsername: isSelf || actor.admin,
    setsAdmin: actor.admin && isElevated && !isSelf,
  };
}
