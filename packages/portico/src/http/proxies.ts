import { familyOf, normalAddress, requireNet } from './address.ts';

/** Says which peers may speak for others. */
export interface ProxyTrust {
  /** `address` as `normalAddress` spells it. */
  trusts(address: string): boolean;
}

export interface ProxiedRequest {
  readonly peerAddress: string | undefined;
  /** The scheme of the connection itself. */
  readonly protocol: 'http' | 'https';
  /** A header by its lower-case name, several of one name joined with commas. */
  header(name: string): string | undefined;
  /** Default: the header `host`. */
  readonly hostHeader?: string | undefined;
}

export interface ClientView {
  /** In one spelling for each address (`normalAddress`). */
  readonly address: string | undefined;
  readonly protocol: 'http' | 'https';
  /** Host and port in lower case; `''` where the request names none. */
  readonly host: string;
}

const NAMED: Record<string, readonly string[]> = {
  loopback: ['127.0.0.0/8', '::1/128'],
  // RFC 1918 and RFC 4193.
  private: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'],
};

const NOBODY: ProxyTrust = { trusts: () => false };

/**
 * Trusts the peers in `list`: addresses, CIDR blocks, `loopback` (127.0.0.0/8, ::1) and `private` (10/8, 172.16/12,
 * 192.168/16, fc00::/7). Throws an Error that names an entry which is none of these.
 */
export function trustProxies(list: readonly string[]): ProxyTrust {
  if (list.length === 0) return NOBODY;
  const { BlockList } = requireNet('`trustedProxies`');
  const blocks = new BlockList();
  for (const entry of list.flatMap((name) => (Object.hasOwn(NAMED, name) ? (NAMED[name] ?? []) : [name]))) {
    const [address = '', bits, ...rest] = entry.split('/');
    const normal = normalAddress(address);
    const family = familyOf(normal);
    const size = family === 'ipv4' ? 32 : 128;
    const prefix = bits === undefined ? size : /^\d{1,3}$/.test(bits) ? Number(bits) : Infinity;
    // A block of mapped IPv4 addresses would have to count its bits anew: not worth the doubt.
    const isMappedBlock = bits !== undefined && family === 'ipv4' && address.includes(':');
    if (family === undefined || prefix > size || isMappedBlock || rest.length > 0) throw notAnAddress(entry);
    blocks.addSubnet(normal, prefix, family);
  }
  return {
    trusts: (address) => {
      const family = familyOf(address);
      return family !== undefined && blocks.check(address, family);
    },
  };
}

/**
 * Who sent a request, over which scheme, to which host. `X-Forwarded-For`, `-Proto` and `-Host` count only from a trusted
 * peer: the addresses are read from the right, past trusted ones, to the first that is not, since everything left of it
 * could have been written by the client. Scheme and host are taken from the same hop. A malformed value is ignored.
 */
export function clientOf(request: ProxiedRequest, trust: ProxyTrust): ClientView {
  const { peerAddress, protocol } = request;
  let address = peerAddress === undefined ? undefined : normalAddress(peerAddress);
  // An HTTP/1.0 request may have none, and RFC 9110 section 7.2 allows an empty one.
  const host = (request.hostHeader ?? request.header('host'))?.toLowerCase() || 'localhost';
  if (address === undefined || !trust.trusts(address)) return { address, protocol, host };

  const chain = listOf(request.header('x-forwarded-for'));
  let hop = 0;
  for (const entry of chain.toReversed()) {
    const forwarded = addressOf(entry);
    if (forwarded === undefined) break;
    address = forwarded;
    if (!trust.trusts(forwarded)) break;
    hop++;
  }
  hop = Math.min(hop, Math.max(chain.length - 1, 0));
  const scheme = fromHop(request.header('x-forwarded-proto'), hop)?.toLowerCase();
  const forwardedHost = fromHop(request.header('x-forwarded-host'), hop)?.toLowerCase();
  return {
    address,
    protocol: scheme === 'http' || scheme === 'https' ? scheme : protocol,
    host: forwardedHost !== undefined && isHost(forwardedHost) ? forwardedHost : host,
  };
}

function listOf(header: string | undefined): string[] {
  return header === undefined ? [] : header.split(',').map((entry) => entry.trim());
}

/** The entry that the proxy `hop` hops away wrote; of a shorter list the farthest. */
function fromHop(header: string | undefined, hop: number): string | undefined {
  const entries = listOf(header);
  return entries[Math.max(entries.length - 1 - hop, 0)];
}

function addressOf(entry: string): string | undefined {
  const bracketed = /^\[([\da-f:.]+)\](?::\d{1,5})?$/i.exec(entry)?.[1];
  const withPort = /^(\d+\.\d+\.\d+\.\d+):\d{1,5}$/.exec(entry)?.[1];
  const address = normalAddress(bracketed ?? withPort ?? entry);
  return familyOf(address) === undefined ? undefined : address;
}

// A server is asked for the same host over and over.
let lastHost: string | undefined;

/** Whether a text can be the host and port of a URL. RFC 9112 section 3.2: a request with another Host is answered 400. */
export function isHost(host: string): boolean {
  if (host === lastHost) return true;
  const [, v6, port] = /^(?:[a-z\d._-]{1,253}|\[([\da-f:.]+)\])(?::(\d{1,5}))?$/.exec(host) ?? [
    undefined,
    '',
  ];
  if (v6 !== undefined && familyOf(v6) !== 'ipv6') return false;
  if (port !== undefined && Number(port) > 65_535) return false;
  lastHost = host;
  return true;
}

function notAnAddress(entry: string): Error {
  return new Error(
    `trustedProxies: ${JSON.stringify(entry)} is no IP address, no CIDR block and neither 'loopback' nor 'private'.`,
  );
}
