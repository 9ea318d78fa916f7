// Who is asked for (the Host header) and who asks: the names this Courant answers to, and what counts as this machine alone; pure.
import ipaddr from 'ipaddr.js';
import type { Config } from '../core/config.ts';

type Addresses = Pick<Config, 'HOST' | 'PUBLIC_URL' | 'DESK_URL'>;

/**
 * Whether a request's Host header names us. A page elsewhere whose name was made to lead here (DNS rebinding) sends its own
 * name, and would else read whatever this machine may read. X-Forwarded-Host is not looked at: such a page can set it.
 */
export function createHostCheck({ HOST, PUBLIC_URL, DESK_URL }: Addresses) {
  const ours = new Set([PUBLIC_URL, DESK_URL].map((url) => new URL(url).hostname).concat(HOST.toLowerCase()));
  return (header: string | undefined, localAddress: string | undefined): boolean => {
    const name = hostnameOf(header);
    if (name === undefined) return false;
    // Who typed the number of this machine, as probes of a cluster do, was led here by no name.
    return ours.has(name) || isLoopback(name) || (localAddress !== undefined && isSameAddress(name, localAddress));
  };
}

/** The name before the port, lower-case and without brackets; undefined for what is no host. */
function hostnameOf(header: string | undefined): string | undefined {
  const [, literal, name] = /^(?:\[([\da-f:.]{2,45})\]|([\w.-]{1,253}))(?::\d{1,5})?$/i.exec(header ?? '') ?? [];
  return (literal ?? name)?.toLowerCase().replace(/\.$/, '');
}

function isSameAddress(name: string, address: string): boolean {
  const [a, b] = [name, address].map((one) => (ipaddr.isValid(one) ? ipaddr.process(one).toString() : undefined));
  return a !== undefined && a === b;
}

/** localhost (RFC 6761, 6.3: names below it too), 127.0.0.0/8, ::1; other machines cannot mean this one by them. */
export function isLoopback(host: string): boolean {
  const name = host.toLowerCase().replace(/^\[|\]$/g, '');
  if (/^(?:[\w-]+\.)*localhost$/.test(name)) return true;
  return ipaddr.isValid(name) && ipaddr.process(name).range() === 'loopback';
}

/** Whether only this machine reaches the pages, as far as the settings say: nobody else listens, nobody passes on. */
export function isThisMachineOnly(config: Addresses & Pick<Config, 'TRUST_PROXY'>): boolean {
  const { HOST, PUBLIC_URL, DESK_URL, TRUST_PROXY } = config;
  const hosts = [HOST, new URL(PUBLIC_URL).hostname, new URL(DESK_URL).hostname];
  return hosts.every(isLoopback) && TRUST_PROXY === 'false';
}
