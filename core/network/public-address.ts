// An IP address -> whether anybody on the internet may reach it; pure.
import ipaddr from 'ipaddr.js';

/**
 * True for an address anybody may reach. Mapped forms of IPv4 count as what they map to; translated and tunnelled ones
 * (NAT64, 6to4, Teredo, ISATAP, ::a.b.c.d) lead somewhere else than they say and are refused, whatever they hold.
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  if (parsed.range() !== 'unicast') return false;
  if (parsed.kind() === 'ipv4') return true;
  const bytes = parsed.toByteArray();
  // Of IPv6 only 2000::/3 has been given out (RFC 4291, 2.4).
  const isGivenOut = bytes[0]! >> 5 === 1;
  const isIsatap = (bytes[8]! & 0xfd) === 0 && bytes[9] === 0 && bytes[10] === 0x5e && bytes[11] === 0xfe;
  return isGivenOut && !isIsatap;
}
