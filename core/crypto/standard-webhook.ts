// Signatures by the Standard Webhooks specification (https://www.standardwebhooks.com), of what comes in and what goes out; pure.
import { createHmac } from 'node:crypto';

/** "v1,..." over the id, the time in seconds and the body; the secret is "whsec_" and base64. */
export function signStandard({ id, time, body }: { id: string; time: string; body: string }, secret: string): string {
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  return `v1,${createHmac('sha256', key).update(`${id}.${time}.${body}`).digest('base64')}`;
}
