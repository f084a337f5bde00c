import type * as Net from 'node:net';

/** The part of node:net that reads addresses; `undefined` in runtimes without it. */
function net(): typeof Net | undefined {
  return typeof process === 'undefined' ? undefined : process.getBuiltinModule?.('node:net');
}

export type AddressFamily = 'ipv4' | 'ipv6';

/** node:net, for whoever cannot do without. Throws an Error that names `purpose` where the runtime has none. */
export function requireNet(purpose: string): typeof Net {
  const module = net();
  if (module === undefined) throw new Error(`${purpose} needs node:net, which this runtime does not have.`);
  return module;
}

/** IPv4 or IPv6; `undefined` for text that is no address. */
export function familyOf(address: string): AddressFamily | undefined {
  const version = net()?.isIP(address);
  return version === 4 ? 'ipv4' : version === 6 ? 'ipv6' : undefined;
}

/**
 * One spelling for one address, so that it can be compared and counted: IPv4 inside IPv6 (`::ffff:10.0.0.1`,
 * RFC 4291 section 2.5.5.2) becomes IPv4, a zone (`%eth0`) is dropped, IPv6 is compressed and lower-case. Text that is no
 * address comes back as it is.
 */
export function normalAddress(address: string): string {
  if (!address.includes(':')) return address;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  const [bare = address] = address.split('%', 1);
  if (familyOf(bare) !== 'ipv6') return address;
  const canonical = new URL(`http://[${bare}]`).hostname.slice(1, -1);
  const words = /^::ffff:([\da-f]{1,4}):([\da-f]{1,4})$/.exec(canonical);
  if (words === null) return canonical;
  const [high, low] = [parseInt(words[1] ?? '', 16), parseInt(words[2] ?? '', 16)];
  return `${high >> 8}.${high & 255}.${low >> 8}.${low & 255}`;
}
