// Which addresses an untrusted URL may lead to: checked as it is written, as it resolves, and as it was connected.
import { lookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { buildConnector } from 'undici';
import { PermanentError } from './errors.ts';

export interface Guard {
  /** Throws PermanentError for what is not http(s) or names a private address literally. */
  check(url: string): void;
  /** For undici: connects only to public addresses. A lookup hook alone leaks 9 of 11 tricks. */
  connect: buildConnector.connector;
}

/** True for an address anybody on the internet may reach; mapped and translated forms of IPv4 are not. */
export function isPublicAddress(address: string): boolean {
  return ipaddr.isValid(address) && ipaddr.process(address).range() === 'unicast';
}

/** A guard that lets in public addresses and the exact `host:port` pairs of `allow`. */
export function createGuard(allow: readonly string[]): Guard {
  const isAllowed = (hostname: string, port: string, protocol: string): boolean =>
    allow.includes(`${hostname}:${port || (protocol === 'https:' ? '443' : '80')}`);

  const guarded = buildConnector({ lookup: publicLookup as LookupFunction, timeout: 10_000 });
  const unguarded = buildConnector({ timeout: 10_000 });

  return {
    check(url) {
      if (!URL.canParse(url)) throw new PermanentError(`"${url}" is no address; correct the source`);
      const { protocol, hostname, port } = new URL(url);
      if (protocol !== 'http:' && protocol !== 'https:') {
        throw new PermanentError(`${url}: only http and https are fetched, not ${protocol}`);
      }
      if (isAllowed(hostname, port, protocol)) return;
      const literal = hostname.replace(/^\[|\]$/g, '');
      if (isIP(literal) && !isPublicAddress(literal)) throw refusal(hostname, literal);
    },
    connect(options, callback) {
      if (isAllowed(options.hostname, options.port, options.protocol)) return unguarded(options, callback);
      guarded(options, (error, socket) => {
        if (error || !socket) return callback(error ?? new Error('no socket'), null);
        const remote = socket.remoteAddress ?? '';
        if (isPublicAddress(remote)) return callback(null, socket);
        socket.destroy();
        callback(refusal(options.hostname, remote), null);
      });
    },
  };
}

function refusal(host: string, address: string): PermanentError {
  return new PermanentError(
    `${host} is the private address ${address}, which is not fetched; list host:port in ALLOW_ADDRESSES if it must be`,
  );
}

/** One private address among those of a name is enough to refuse it. */
const publicLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, []);
    const refused = addresses.find(({ address }) => !isPublicAddress(address));
    if (refused) return callback(refusal(hostname, refused.address), []);
    if (options.all) return callback(null, addresses);
    const [first] = addresses;
    callback(null, first!.address, first!.family);
  });
};
