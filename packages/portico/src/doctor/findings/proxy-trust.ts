import { sameOrigin } from '../../http/csrf/origin.ts';
import type { Answered } from '../answered.ts';
import type { Finding } from '../finding.ts';
import { SPOOFED_ADDRESS, SPOOFED_HOST } from '../probe-client.ts';

export function peerNotTrusted({ saw, known }: Answered): Finding | undefined {
  const names = Object.keys(saw.forwarded);
  if (names.length === 0 || saw.trustsPeer) return undefined;
  const { peerAddress } = saw;
  return {
    id: 'proxy-not-trusted',
    severity: known.limitsByAddress ? 'error' : 'warning',
    title: `A proxy at ${peerAddress ?? 'an unknown address'} sends ${names.join(', ')}, and the app ignores it.`,
    risk: 'All visitors have the address of the proxy: limits by address count them as one, and one of them locks out all.',
    fix:
      peerAddress === null
        ? 'The host does not tell the address of the other end: pass it as clientAddress, then name the proxy in trustedProxies.'
        : `trustedProxies: ['${peerAddress}'].`,
  };
}

/** The app takes itself for another address than the one its visitors know. */
export function otherOrigin({ saw, form, origin, known }: Answered): Finding | undefined {
  if (sameOrigin(saw.ownOrigin, origin)) return undefined;
  const isSiteUrl = known.siteUrl !== undefined && new URL(known.siteUrl).origin === origin;
  if (isSiteUrl && form.report?.acceptsOrigin === true && form.report.origin === origin) return undefined;
  return {
    id: 'other-origin',
    severity: 'error',
    title: `The app takes itself for ${saw.ownOrigin}, and visitors know it as ${origin}.`,
    risk: 'Forms of browsers that send no Sec-Fetch-Site are refused as forged, and absolute links lead to the wrong place.',
    fix: fixOfOrigin(saw, origin),
  };
}

function fixOfOrigin(saw: Answered['saw'], origin: string): string {
  const { protocol, host } = new URL(origin);
  const { forwarded, peerAddress, trustsPeer } = saw;
  const isHostRight = saw.host === host || lastOf(forwarded['x-forwarded-host']) === host;
  const isProtocolRight =
    `${saw.protocol}:` === protocol || `${lastOf(forwarded['x-forwarded-proto'])}:` === protocol;
  if (!trustsPeer && isHostRight && isProtocolRight && peerAddress !== null) {
    return `trustedProxies: ['${peerAddress}'].`;
  }
  const missing = [
    ...(isHostRight ? [] : ['Host as it came (nginx: proxy_set_header Host $host)']),
    ...(isProtocolRight ? [] : ['X-Forwarded-Proto (nginx: proxy_set_header X-Forwarded-Proto $scheme)']),
  ];
  const trust = trustsPeer || peerAddress === null ? '' : ` and write trustedProxies: ['${peerAddress}']`;
  const handOn =
    missing.length === 0 ? '' : `Have the proxy hand on ${missing.join(' and ')}${trust}. Where it cannot: `;
  return `${handOn}siteUrl: '${origin}', trustedOrigins: ['${origin}'].`;
}

/** Headers of the sender's own that reached the app as a proxy's. */
export function believesSpoofed({ saw, spoofed }: Answered): Finding | undefined {
  const { report } = spoofed;
  if (!report) return undefined;
  const believed = [
    ...(report.clientAddress === SPOOFED_ADDRESS ? ['X-Forwarded-For'] : []),
    ...(report.host === SPOOFED_HOST ? ['X-Forwarded-Host'] : []),
    ...(report.protocol === saw.protocol ? [] : ['X-Forwarded-Proto']),
  ];
  if (believed.length === 0) return undefined;
  const isAppended = lastOf(report.forwarded['x-forwarded-for']) !== SPOOFED_ADDRESS;
  if (isAppended && believed.length === 1 && believed[0] === 'X-Forwarded-For') {
    return {
      id: 'sender-is-trusted',
      severity: 'note',
      title: 'X-Forwarded-For of this machine was believed, since trustedProxies names this machine, too.',
      risk: 'Strangers are told apart rightly as far as this can be seen from here.',
      fix: 'Ask from a machine that trustedProxies does not name.',
    };
  }
  return {
    id: 'spoofed-headers-believed',
    severity: 'error',
    title: `A visitor's own ${believed.join(', ')} was believed.`,
    risk: 'Whoever sends a request chooses its address, and limits by address count nothing; or its host, and links in mails lead where he likes.',
    fix:
      `Have the proxy at ${report.peerAddress ?? 'the other end'} write these headers anew (nginx: ${believed.map(inNginx).join('; ')}). ` +
      'If no proxy of yours stands there, take its address out of trustedProxies.',
  };
}

function inNginx(name: string): string {
  const values: Readonly<Record<string, string>> = {
    'X-Forwarded-For': '$proxy_add_x_forwarded_for',
    'X-Forwarded-Host': '$host',
    'X-Forwarded-Proto': '$scheme',
  };
  return `proxy_set_header ${name} ${values[name]}`;
}

export function cookiesInTheClear({ saw, url }: Answered): Finding | undefined {
  if (url.protocol !== 'https:' || saw.secureCookies) return undefined;
  return {
    id: 'cookies-not-secure-here',
    severity: 'error',
    title: 'Cookies are not `Secure`, and the site is served by HTTPS.',
    risk: 'A browser that is led to http:// sends the session in the clear, and a page there can plant one.',
    fix: 'Have the proxy send X-Forwarded-Proto, and name it in trustedProxies; or write session: { secure: true }.',
  };
}

function lastOf(list: string | undefined): string | undefined {
  return list?.split(',').at(-1)?.trim().toLowerCase();
}
