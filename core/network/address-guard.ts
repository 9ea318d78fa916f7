// Which addresses an untrusted URL may lead to: checked as it is written, as it resolves, and as it was connected.
import { lookup, type LookupAddress, type LookupAllOptions } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { PermanentError } from '../errors.ts';
import { isPublicAddress } from './public-address.ts';

/** Where a connection leads, as undici says it. */
interface Target {
  hostname: string;
  port: string;
  protocol: string;
}

export interface Guard {
  /** Throws PermanentError for what is not http(s) or names a private address literally. */
  check(url: string): void;
  /** True for a private address that may be reached all the same. */
  isAllowed(target: Target): boolean;
}

/** A guard that lets in public addresses and the exact `host:port` pairs of `allow`. */
export function createGuard(allow: readonly string[]): Guard {
  const isAllowed = ({ hostname, port, protocol }: Target): boolean =>
    allow.includes(`${hostname}:${port || (protocol === 'https:' ? '443' : '80')}`);
  return {
    isAllowed,
    check(url) {
      if (!URL.canParse(url)) throw new PermanentError(`"${url}" is no address; correct the source`);
      const target = new URL(url);
      if (target.protocol !== 'http:' && target.protocol !== 'https:') {
        throw new PermanentError(`${url}: only http and https are fetched, not ${target.protocol}`);
      }
      const literal = target.hostname.replace(/^\[|\]$/g, '');
      if (isIP(literal) && !isPublicAddress(literal) && !isAllowed(target)) throw refusal(target.hostname, literal);
    },
  };
}

/** The error for a connection to a private address. */
export function refusal(host: string, address: string): PermanentError {
  const what = host === address ? `the private address ${address}` : `${host} is the private address ${address}, which`;
  return new PermanentError(
    `${what} is not fetched: it is of a private network, which only the owner of this site can let in (ALLOW_ADDRESSES)`,
  );
}

/** What finds every address of a name, as `dns.lookup` does. */
export type Resolve = (
  hostname: string,
  options: LookupAllOptions,
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/** Looks names up by `resolve`; one private address among those of a name is enough to refuse it. */
export function createPublicLookup(resolve: Resolve = lookup): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, []);
      const refused = addresses.find(({ address }) => !isPublicAddress(address));
      if (refused) return callback(refusal(hostname, refused.address), []);
      if (options.all) return callback(null, addresses);
      const [first] = addresses;
      callback(null, first!.address, first!.family);
    });
  };
}
