import type { Services } from '../services.ts';
import { countries } from './addresses/countries.ts';
import { format } from './addresses/format.ts';
import { healthCheck } from './app/health-check.ts';
import { assetFile } from './assets/asset-file.ts';
import { deleteAsset } from './assets/delete-asset.ts';
import { upload } from './assets/upload.ts';
import { send } from './contact-form/send.ts';
import { deleteEntry } from './entries/delete-entry.ts';
import { duplicate } from './entries/duplicate.ts';
import { getDrafts } from './entries/get-drafts.ts';
import { getRevision } from './entries/get-revision.ts';
import { getRevisions } from './entries/get-revisions.ts';
import { restoreEntry } from './entries/restore-entry.ts';
import { revertToRevision } from './entries/revert-to-revision.ts';
import { saveEntry } from './entries/save-entry.ts';
import { activateUser } from './users/activate-user.ts';
import { deactivateUser } from './users/deactivate-user.ts';
import { deleteAddress } from './users/delete-address.ts';
import { deleteUser } from './users/delete-user.ts';
import { deleteUserPhoto } from './users/delete-user-photo.ts';
import { getElevatedSessionTimeout } from './users/get-elevated-session-timeout.ts';
import { getImpersonationUrl } from './users/get-impersonation-url.ts';
import { getPasswordResetUrl } from './users/get-password-reset-url.ts';
import { getSessions } from './users/get-sessions.ts';
import { getUsers } from './users/get-users.ts';
import { impersonate } from './users/impersonate.ts';
import { impersonateWithToken } from './users/impersonate-with-token.ts';
import { login } from './users/login.ts';
import { logout } from './users/logout.ts';
import { removePasswordResetRequirement } from './users/remove-password-reset-requirement.ts';
import { requirePasswordReset } from './users/require-password-reset.ts';
import { revokeOtherSessions } from './users/revoke-other-sessions.ts';
import { revokeSession } from './users/revoke-session.ts';
import { saveAddress } from './users/save-address.ts';
import { savePermissions } from './users/save-permissions.ts';
import { saveUser } from './users/save-user.ts';
import { sendActivationEmail } from './users/send-activation-email.ts';
import { sendPasswordResetEmail } from './users/send-password-reset-email.ts';
import { sessionInfo } from './users/session-info.ts';
import { setPassword } from './users/set-password.ts';
import { stopImpersonating } from './users/stop-impersonating.ts';
import { suspendUser } from './users/suspend-user.ts';
import { unlockUser } from './users/unlock-user.ts';
import { unsuspendUser } from './users/unsuspend-user.ts';
import { uploadUserPhoto } from './users/upload-user-photo.ts';
import { userPhoto } from './users/user-photo.ts';
import { verifyEmail } from './users/verify-email.ts';
import { verifyPassword } from './users/verify-password.ts';

/** All ready-made actions by name. A file's path is its action's: `users/login.ts` answers at `users/login`. */
export function actionTree(services: Services) {
  return {
    addresses: { countries: countries(), format: format(services) },
    app: { healthCheck: healthCheck(services) },
    assets: { assetFile: assetFile(services), deleteAsset: deleteAsset(services), upload: upload(services) },
    contactForm: { send: send(services) },
    entries: {
      saveEntry: saveEntry(services),
      deleteEntry: deleteEntry(services),
      duplicate: duplicate(services),
      getDrafts: getDrafts(services),
      getRevision: getRevision(services),
      getRevisions: getRevisions(services),
      restoreEntry: restoreEntry(services),
      revertToRevision: revertToRevision(services),
    },
    users: {
      activateUser: activateUser(services),
      deactivateUser: deactivateUser(services),
      deleteAddress: deleteAddress(services),
      deleteUser: deleteUser(services),
      deleteUserPhoto: deleteUserPhoto(services),
      getElevatedSessionTimeout: getElevatedSessionTimeout(services),
      getImpersonationUrl: getImpersonationUrl(services),
      getPasswordResetUrl: getPasswordResetUrl(services),
      getSessions: getSessions(services),
      getUsers: getUsers(services),
      impersonate: impersonate(services),
      impersonateWithToken: impersonateWithToken(services),
      login: login(services),
      logout: logout(services),
      removePasswordResetRequirement: removePasswordResetRequirement(services),
      requirePasswordReset: requirePasswordReset(services),
      revokeOtherSessions: revokeOtherSessions(services),
      revokeSession: revokeSession(services),
      saveAddress: saveAddress(services),
      savePermissions: savePermissions(services),
      saveUser: saveUser(services),
      sendActivationEmail: sendActivationEmail(services),
      sendPasswordResetEmail: sendPasswordResetEmail(services),
      sessionInfo: sessionInfo(services),
      setPassword: setPassword(services),
      stopImpersonating: stopImpersonating(services),
      suspendUser: suspendUser(services),
      unlockUser: unlockUser(services),
      unsuspendUser: unsuspendUser(services),
      uploadUserPhoto: uploadUserPhoto(services),
      userPhoto: userPhoto(services),
      verifyEmail: verifyEmail(services),
      verifyPassword: verifyPassword(services),
    },
  };
}
