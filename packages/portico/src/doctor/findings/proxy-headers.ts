import type { Answered } from '../answered.ts';
import type { Finding } from '../finding.ts';
import { FOREIGN_ORIGIN, PROBE_COOKIE } from '../probe-client.ts';

const REFUSED = 'Forms and calls of visitors with cookies are refused as forged, unless they bring a token.';

export function originDropped({ form: { report } }: Answered): Finding | undefined {
  if (!report || report.origin !== null) return undefined;
  const metadata = report.secFetchSite === 'same-origin';
  return {
    id: 'origin-dropped',
    severity: metadata ? 'warning' : 'error',
    title: 'The header Origin does not reach the app.',
    risk: metadata ? `Browsers that send no Sec-Fetch-Site: ${REFUSED.toLowerCase()}` : REFUSED,
    fix: 'Have the proxy hand on Origin as it came.',
  };
}

export function originChanged({ form: { report }, origin }: Answered): Finding | undefined {
  if (!report || report.origin === null || report.origin === origin) return undefined;
  return {
    id: 'origin-changed',
    severity: 'error',
    title: `A proxy writes Origin anew: ${origin} arrives as ${report.origin}.`,
    risk: 'The origin of another site may be made to look like your own, and then nothing tells a forged form from a true one.',
    fix: 'Have the proxy hand on Origin as it came. Do not add what it writes to trustedOrigins.',
  };
}

/** Two requests that differ in nothing but who made them look alike behind the proxy. */
export function foreignOriginHidden({ foreign: { report }, origin }: Answered): Finding | undefined {
  if (!report) return undefined;
  const passes =
    report.secFetchSite === 'same-origin' || (report.origin !== FOREIGN_ORIGIN && report.acceptsOrigin);
  if (!passes) return undefined;
  return {
    id: 'foreign-origin-hidden',
    severity: 'error',
    title: `A form of another site arrives as one of ${origin}.`,
    risk: 'Any website can post to every action with the cookies of its visitors: there is no protection against forgery.',
    fix: 'Have the proxy hand on Origin and Sec-Fetch-Site as they came.',
  };
}

export function fetchMetadataDropped({ form: { report } }: Answered): Finding | undefined {
  if (!report || report.secFetchSite === 'same-origin') return undefined;
  const what = report.secFetchSite === null ? 'does not reach the app' : `arrives as ${report.secFetchSite}`;
  return {
    id: 'fetch-metadata-dropped',
    severity: report.acceptsOrigin ? 'warning' : 'error',
    title: `The header Sec-Fetch-Site ${what}.`,
    risk: report.acceptsOrigin
      ? 'Origin alone tells forged requests now; where that goes missing too, visitors are refused.'
      : REFUSED,
    fix: 'Have the proxy hand on Sec-Fetch-* as they came.',
  };
}

export function cookiesDropped({ saw }: Answered): Finding | undefined {
  if (saw.cookieNames.includes(PROBE_COOKIE)) return undefined;
  return {
    id: 'cookies-dropped',
    severity: 'error',
    title: 'Cookies do not reach the app.',
    risk: 'There are no sessions: nobody stays signed in, and no form shows what came of it.',
    fix: 'Have the proxy hand on the header Cookie for all paths of the app, and let no cache strip it.',
  };
}
