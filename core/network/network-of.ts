// An IP address -> the network it is in, coarse enough to be kept; pure.
import ipaddr from 'ipaddr.js';

/**
 * "192.0.2.0/24" of an IPv4 address, "2001:db8:1::/48" of an IPv6 one; mapped forms of IPv4 count as what they map to,
 * and a network as what it is. Null for what is no address: nothing else that a proxy sent is kept.
 */
export function networkOf(address: string): string | null {
  const bare = address.replace(/[%/].*$/s, '');
  if (!ipaddr.isValid(bare)) return null;
  const parsed = ipaddr.process(bare);
  return parsed.kind() === 'ipv4'
    ? `${ipaddr.IPv4.networkAddressFromCIDR(`${parsed.toString()}/24`).toString()}/24`
    : `${ipaddr.IPv6.networkAddressFromCIDR(`${parsed.toString()}/48`).toString()}/48`;
}
