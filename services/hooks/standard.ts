// Any other provider, by the Standard Webhooks specification: HMAC-SHA-256 over id, time and body (https://www.standardwebhooks.com).
import { z } from 'zod';
import { signStandard } from '../../core/crypto/standard-webhook.ts';
import { isFresh } from './is-fresh.ts';
import type { Provider } from './mail-event.ts';
import { isSameSecret } from '../../core/crypto/same-secret.ts';

/** Five minutes, as the specification's own libraries have it. */
const toleranceSeconds = 300;

const hook = z.object({
  type: z.enum(['mail.bounced', 'mail.complained']),
  data: z
    .object({
      messageId: z.string().optional(),
      email: z.string().optional(),
      kind: z.enum(['hard', 'soft', 'refused']).default('hard'),
      status: z.string().max(40).default(''),
    })
    .refine(({ messageId, email }) => messageId !== undefined || email !== undefined),
});

export const standard: Provider = {
  setting: 'MAIL_HOOK_SECRET',
  verify({ headers, body, now }, secret) {
    const { 'webhook-id': id, 'webhook-timestamp': time, 'webhook-signature': signatures } = headers;
    if (typeof id !== 'string' || typeof time !== 'string' || typeof signatures !== 'string') return false;
    if (!isFresh(time, { now, seconds: toleranceSeconds })) return false;
    const expected = signStandard({ id, time, body }, secret);
    return signatures.split(' ').some((one) => isSameSecret(one, expected));
  },
  events(body) {
    const { type, data } = hook.parse(JSON.parse(body));
    const { messageId = null, email = null, kind, status } = data;
    return [{ messageId, email, kind: type === 'mail.complained' ? 'complaint' : kind, status: status || (type === 'mail.complained' ? 'abuse' : '5.0.0') }]; // prettier-ignore
  },
};
