import type { Settings } from './config.ts';

/** The routes of Craft's special paths, each with its action for GET and POST, and of what the site itself serves. */
export function specialRoutes(settings: Settings): Readonly<Record<string, string>> {
  const paths: ReadonlyArray<readonly [path: string | false, action: string]> = [
    [settings.loginPath, 'users.login'],
    [settings.logoutPath, 'users.logout'],
    [settings.setPasswordPath, 'users.setPassword'],
    [settings.verifyEmailPath, 'users.verifyEmail'],
  ];
  const routes = paths.flatMap(([path, action]) =>
    path === false ? [] : [`GET /${path}`, `POST /${path}`].map((route) => [route, action] as const),
  );
  return {
    ...Object.fromEntries(routes),
    'GET /_portico/photos/:photo': 'users.userPhoto',
    'GET /_portico/uploads/:uid/:filename': 'assets.assetFile',
  };
}
