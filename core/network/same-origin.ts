// Two addresses -> whether what is meant for one may be sent to the other; pure.

/** Whether headers for one address may go to the other: the same origin, or the same host made secure. */
export function isSameOrigin(from: string, to: string): boolean {
  const [a, b] = [new URL(from), new URL(to)];
  return a.origin === b.origin || (a.hostname === b.hostname && a.port + b.port === '' && b.protocol === 'https:');
}
