import type { AppView } from '../app-view.ts';
import type { Finding } from '../finding.ts';
import { isNamedOrigin } from '../../http/csrf/origin.ts';
import { isLocal } from './site.ts';

// `.invalid` is nobody's (RFC 2606): who lets it in lets everybody in.
const NOBODYS = 'https://portico-doctor.invalid';

export function trustsEveryOrigin({ app }: AppView): Finding | undefined {
  if (!says(() => app.settings.isTrustedOrigin(NOBODYS))) return undefined;
  return {
    id: 'trusts-every-origin',
    severity: 'error',
    title: 'trustedOrigins accepts an origin that nobody has.',
    risk: 'Any website can post to every action with the cookies of its visitors: there is no protection against forgery.',
    fix: "trustedOrigins: ['https://app.example.com'], or a function that compares the whole origin with those you know.",
  };
}

export function originModeAcrossSites({ app, session }: AppView): Finding | undefined {
  if (app.settings.csrf !== 'origin' || session === false || session.sameSite !== 'none') return undefined;
  return {
    id: 'origin-only-across-sites',
    severity: 'warning',
    title: "csrf is 'origin' while session cookies are SameSite=None.",
    risk: 'Cookies come with every request of every other site, and one header is all that tells a forged one: a proxy that rewrites Origin is enough to lose it.',
    fix: "csrf: 'auto', or sameSite: 'lax' where no other site has to embed yours.",
  };
}

export function corsForAll({ options: { cors } }: AppView): Finding | undefined {
  if (cors?.credentials !== true || !says(() => isNamedOrigin(cors.origins, NOBODYS))) return undefined;
  return {
    id: 'cors-for-all',
    severity: 'error',
    title: 'cors lets every origin read answers, with cookies.',
    risk: 'Any website reads what its visitors may see here, as them.',
    fix: "cors: { origins: ['https://app.example.com'], credentials: true }, or without credentials.",
  };
}

export function corsWithCookies(view: AppView): Finding | undefined {
  const { cors } = view.options;
  if (cors?.credentials !== true || corsForAll(view)) return undefined;
  if (typeof cors.origins === 'function') {
    return {
      id: 'cors-by-function',
      severity: 'warning',
      title: 'A function decides which origins read answers with cookies.',
      risk: 'A comparison that is too short (`endsWith`, `includes`) lets evil-example.com in.',
      fix: 'Write the origins as a list, or compare whole origins.',
    };
  }
  const plain = cors.origins.filter(
    (origin) => origin.startsWith('http:') && !isLocal(new URL(origin).hostname),
  );
  if (plain.length === 0) return undefined;
  return {
    id: 'cors-without-tls',
    severity: 'warning',
    title: `cors lets ${plain.join(', ')} read answers with cookies, without TLS.`,
    risk: 'Whoever sits on the way to that site writes scripts into its pages, which read here as its visitors.',
    fix: 'Serve that site by HTTPS, and name it so.',
  };
}

/** A function of the app's own that fails lets nobody in. */
function says(judge: () => boolean): boolean {
  try {
    return judge();
  } catch {
    return false;
  }
}
