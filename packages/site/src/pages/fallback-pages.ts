import type { PorticoContext } from 'portico';
import type { Settings } from '../config.ts';
import { changePasswordPage } from './change-password-page.ts';
import { forgotPasswordPage } from './forgot-password-page.ts';
import { invalidTokenPage } from './invalid-token-page.ts';
import { loginPage } from './login-page.ts';
import { logoutPage } from './logout-page.ts';
import { pagePath } from './page-path.ts';
import { setPasswordPage } from './set-password-page.ts';
import { verifyEmailPage } from './verify-email-page.ts';

type Page = (ctx: PorticoContext, settings: Settings) => Response;

/** The plain pages for accounts, by absolute path (`/login`), for where the app has no page of its own. */
export function fallbackPages(
  settings: Settings,
): Readonly<Record<string, (ctx: PorticoContext) => Response>> {
  const pages: ReadonlyArray<readonly [setting: string | false | null, page: Page]> = [
    // First, so that one of the others takes its place where both have the same path.
    [settings.invalidUserTokenPath, invalidTokenPage],
    [settings.loginPath, loginPage],
    [settings.logoutPath, logoutPage],
    [settings.setPasswordPath, setPasswordPage],
    [settings.verifyEmailPath, verifyEmailPage],
    [settings.setPasswordRequestPath, forgotPasswordPage],
  ];
  const byPath = Object.fromEntries(
    pages.flatMap(([setting, page]) => {
      const path = pagePath(setting);
      return path === undefined ? [] : [[path, (ctx: PorticoContext): Response => page(ctx, settings)]];
    }),
  );
  return { ...byPath, ...changePasswordPage(settings) };
}
