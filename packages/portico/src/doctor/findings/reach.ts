import { PROBE_HEADER } from '../../http/signing/probe-header.ts';
import type { Answered } from '../answered.ts';
import type { Finding } from '../finding.ts';
import type { Unanswered } from '../probe-client.ts';
import { isLocal } from './site.ts';

const UNKNOWN = 'Nothing is known of what stands between visitors and the app.';

/** Something else answered than the app's probe. */
export function noAnswer({ plain, origin }: Unanswered): Finding {
  const { status, headers, failure } = plain;
  if (failure !== undefined) {
    return {
      id: 'unreachable',
      severity: 'error',
      title: `${origin} does not answer: ${failure}`,
      risk: UNKNOWN,
      fix: 'Start the app, and see that the name leads to it from here.',
    };
  }
  if (status >= 300 && status < 400 && headers.location !== undefined) {
    return {
      id: 'redirected',
      severity: 'error',
      title: `${origin} redirects to ${headers.location}.`,
      risk: UNKNOWN,
      fix: `Ask there: portico doctor --url ${URL.parse(headers.location, origin)?.origin ?? headers.location}`,
    };
  }
  return {
    id: 'no-probe',
    severity: 'error',
    title: `${origin} answers ${status}, and it is not the app's own answer.`,
    risk: UNKNOWN,
    fix:
      'The app answers a question that is signed with its own secrets, for 60 seconds. See that PORTICO_SECRETS here is what the ' +
      `app runs with, that both clocks are right, that base is the same, and that a proxy hands on the header ${PROBE_HEADER}, ` +
      'asks for no password, and leads /_portico/probe to the app.',
  };
}

export function explorerOpen({ explorerStatus, origin, url }: Answered): Finding | undefined {
  if (explorerStatus !== 200 || isLocal(url.hostname)) return undefined;
  return {
    id: 'explorer-open',
    severity: 'error',
    title: `The explorer at ${origin}/_portico answers strangers.`,
    risk: 'Whoever opens it acts as anybody.',
    fix: 'Leave `dev` and NODE_ENV=development out in production, or give explorer({ access }) a rule that asks who it is.',
  };
}

export function withoutTls({ url }: Answered): Finding | undefined {
  if (url.protocol === 'https:' || isLocal(url.hostname)) return undefined;
  return {
    id: 'without-tls',
    severity: 'warning',
    title: `${url.origin} was asked without TLS.`,
    risk: 'Cookies are `Secure` beyond localhost: browsers keep none of them here, so nobody stays signed in.',
    fix: `Ask the address that visitors use: portico doctor --url https://${url.hostname}`,
  };
}
