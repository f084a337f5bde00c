import { createSite } from '@portico/site';

/** Users, their sessions and mails. It opens its database when it is first used. */
export const accounts = createSite({
  siteName: '{{name}}',
  setPasswordRequestPath: 'forgot-password',
  postLoginRedirect: 'members',
  activateAccountSuccessPath: 'login',
  setPasswordSuccessPath: 'login',
  users: { allowPublicRegistration: true },
});
