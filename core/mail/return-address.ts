// Addresses of one letter or reader: bounces come to "b-CODE@inbox.example" (VERP), a mail to "u-CODE@" unsubscribes, a reply goes to "r-CODE@"; pure.
import { timingSafeEqual } from 'node:crypto';
import { createMac } from '../crypto/mac.ts';

/** What `keyFor` is asked for. */
export const returnPurpose = 'courant return addresses';

/** A delivery that bounced, or a reader who leaves, or writes. */
export interface ReturnAddress {
  kind: 'bounce' | 'unsubscribe' | 'reply';
  id: number;
}

const prefixes = { bounce: 'b', unsubscribe: 'u', reply: 'r' } as const;
/** One for the kind, and a 32-bit id. */
const payloadBytes = 5;
/** 80 bits: an address is tried over the network, a few a second. */
const signatureBytes = 10;
/** In hex, which survives mail programs that change the case: 32 of the 64 characters a local part may have. */
const codeLength = 2 * (payloadBytes + signatureBytes);

/** Returns what writes the addresses. */
export function returnAddresses(key: Buffer, domain: string): (address: ReturnAddress) => string {
  const mac = createMac(key, payloadBytes);
  const code = Buffer.alloc(payloadBytes + signatureBytes);
  return ({ kind, id }) => {
    code.write(prefixes[kind], 0, 'latin1');
    code.writeUInt32BE(id, 1);
    mac(code).copy(code, payloadBytes, 0, signatureBytes);
    return `${prefixes[kind]}-${code.toString('hex')}@${domain}`;
  };
}

/** What an address stands for; undefined for one that was not signed with this key. */
export function readReturnAddress(key: Buffer, address: string): ReturnAddress | undefined {
  const [prefix, code = ''] = address.slice(0, address.lastIndexOf('@')).toLowerCase().split('-');
  const kind = (['bounce', 'unsubscribe', 'reply'] as const).find((one) => prefixes[one] === prefix);
  const bytes = Buffer.from(code, 'hex');
  if (!kind || code.length !== codeLength || bytes.length !== payloadBytes + signatureBytes) return undefined;
  if (bytes.toString('latin1', 0, 1) !== prefixes[kind]) return undefined;
  const signature = createMac(key, payloadBytes)(bytes).subarray(0, signatureBytes);
  if (!timingSafeEqual(signature, bytes.subarray(payloadBytes))) return undefined;
  return { kind, id: bytes.readUInt32BE(1) };
}

/** The addresses in a text that may be ours: a complaint holds the letter it is about. */
export function returnAddressesIn(key: Buffer, text: string): ReturnAddress[] {
  const found: ReturnAddress[] = [];
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    const address = readReturnAddress(key, text.slice(Math.max(0, at - codeLength - 2), at + 1));
    if (address) found.push(address);
  }
  return found;
}
