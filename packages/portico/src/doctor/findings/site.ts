import type { AppView } from '../app-view.ts';
import type { Finding } from '../finding.ts';

// Addresses for documentation (RFC 5737): no proxy of anybody's has one.
const NOBODYS = ['192.0.2.1', '203.0.113.254'];

export function noSiteUrl({ app, isProduction }: AppView): Finding | undefined {
  if (!isProduction || app.settings.siteUrl !== undefined) return undefined;
  return {
    id: 'no-site-url',
    severity: 'warning',
    title: 'The app does not know its public address.',
    risk: 'Absolute links (`actionUrl`, links in mails) follow the Host header, which whoever sends a request may write: a mail can be made to lead elsewhere.',
    fix: "createPortico({ siteUrl: 'https://example.com' }).",
  };
}

export function insecureSiteUrl({ app, isProduction }: AppView): Finding | undefined {
  const { siteUrl } = app.settings;
  if (!isProduction || siteUrl === undefined) return undefined;
  const { protocol, hostname } = new URL(siteUrl);
  if (protocol === 'https:' || isLocal(hostname)) return undefined;
  return {
    id: 'site-url-without-tls',
    severity: 'warning',
    title: `siteUrl is ${siteUrl}, without TLS.`,
    risk: 'Cookies are `Secure` beyond localhost, so browsers keep none of them there; and everybody on the way reads along.',
    fix: `Serve the site by HTTPS, and write siteUrl: '${siteUrl.replace(/^http:/, 'https:')}'.`,
  };
}

export function insecureCookies({ session, app, isProduction }: AppView): Finding | undefined {
  if (!isProduction || session === false || session.secure !== false) return undefined;
  const { siteUrl } = app.settings;
  if (siteUrl !== undefined && isLocal(new URL(siteUrl).hostname)) return undefined;
  return {
    id: 'cookies-not-secure',
    severity: 'error',
    title: 'session.secure is false.',
    risk: 'The session travels over plain HTTP, where everybody on the way can take it over, and subdomains can plant one.',
    fix: 'Leave session.secure out: cookies are then `Secure` everywhere but on localhost. Behind a proxy, write trustedProxies.',
  };
}

export function trustsEveryPeer({ app }: AppView): Finding | undefined {
  if (!NOBODYS.every((address) => app.settings.proxies.trusts(address))) return undefined;
  return {
    id: 'trusts-every-proxy',
    severity: 'error',
    title: 'trustedProxies names every address there is.',
    risk: 'Whoever reaches the app writes X-Forwarded-For, -Host and -Proto himself: limits by address count nothing, and the app takes itself for any host he names.',
    fix: "trustedProxies: ['10.0.0.5'], with the address of your proxy; `portico doctor --url` says which one it is.",
  };
}

export function isLocal(hostname: string): boolean {
  return /^(?:localhost|.+\.localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname);
}
