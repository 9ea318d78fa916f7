// TRUST_PROXY -> which addresses may say whom they speak for in X-Forwarded-For; pure.
import ipaddr from 'ipaddr.js';

/**
 * Whether the machine at `address`, `hop` steps from us (0: the one that is connected), is a proxy of ours. The first
 * that is none is the visitor; what a visitor has written into the header stands to the left of that and is never read.
 */
export type Trust = (address: string, hop: number) => boolean;

export const trustWords =
  'the number of proxies in front of Courant (1), or their addresses and networks (10.0.0.0/8,loopback); false where there is none. ' +
  'To trust everybody (true) would let every visitor choose an address';

const mostHops = 10;
type Network = [address: ipaddr.IPv4 | ipaddr.IPv6, prefixLength: number];

/** The names that proxy-addr gave to what RFC 1122, 1918, 3927 and 4193 keep apart. */
const namedNetworks: Record<string, readonly string[]> = {
  loopback: ['127.0.0.0/8', '::1/128'],
  linklocal: ['169.254.0.0/16', 'fe80::/10'],
  uniquelocal: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'],
};

/** Reads the setting: false for "no proxy", undefined for what is none of its forms or would trust the whole internet. */
export function readTrust(value: string): Trust | false | undefined {
  const text = value.trim().toLowerCase();
  if (text === 'false' || text === '0') return false;
  if (/^\d{1,2}$/.test(text)) {
    const hops = Number(text);
    return hops <= mostHops ? (_address, hop) => hop < hops : undefined;
  }
  const networks = text.split(',').flatMap((part) => namedNetworks[part.trim()] ?? [part.trim()]).map(readNetwork); // prettier-ignore
  const known = networks.filter((network) => network !== undefined);
  if (known.length < networks.length) return undefined;
  return (address) => ipaddr.isValid(address) && known.some((network) => isWithin(address, network));
}

function readNetwork(text: string): Network | undefined {
  if (ipaddr.IPv4.isValidFourPartDecimal(text) || ipaddr.IPv6.isValid(text)) {
    const address = ipaddr.process(text);
    return [address, address.kind() === 'ipv4' ? 32 : 128];
  }
  if (!ipaddr.isValidCIDR(text)) return undefined;
  const [address, prefixLength] = ipaddr.parseCIDR(text);
  return prefixLength === 0 ? undefined : [address, prefixLength];
}

/** IPv4 addresses also arrive mapped into IPv6 (::ffff:10.0.0.1), where Node listens on both. */
function isWithin(text: string, [network, prefixLength]: Network): boolean {
  const address = ipaddr.process(text);
  return address.kind() === network.kind() && address.match(network, prefixLength);
}
