// Mailgun: each event has an HMAC-SHA-256 over its time and a token, not over what it says; so an old one is worth nothing.
// https://documentation.mailgun.com/docs/mailgun/user-manual/webhooks/securing-webhooks
import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { bounceOf } from '../inbox/read-report.ts';
import { aDaySeconds, isFresh } from './is-fresh.ts';
import type { Provider } from './mail-event.ts';
import { isSameSecret } from '../../core/crypto/same-secret.ts';

const hook = z.object({
  signature: z.object({ timestamp: z.string(), token: z.string(), signature: z.string() }),
  'event-data': z.object({
    event: z.string(),
    severity: z.string().optional(),
    reason: z.string().optional(),
    recipient: z.string(),
    message: z.object({ headers: z.object({ 'message-id': z.string().optional() }).optional() }).optional(),
    'delivery-status': z
      .object({
        code: z.union([z.number(), z.string()]).nullish(),
        'enhanced-code': z.string().nullish(),
        message: z.string().nullish(),
        description: z.string().nullish(),
      }) // prettier-ignore
      .optional(),
  }),
});

export const mailgun: Provider = {
  setting: 'MAIL_HOOK_MAILGUN',
  verify({ body, now }, key) {
    const parsed = hook.safeParse(JSON.parse(body));
    if (!parsed.success) return false;
    const { timestamp, token, signature } = parsed.data.signature;
    if (!isFresh(timestamp, { now, seconds: aDaySeconds })) return false;
    return isSameSecret(
      createHmac('sha256', key)
        .update(timestamp + token)
        .digest('hex'),
      signature,
    );
  },
  events(body) {
    const { event, severity, reason, recipient, message, 'delivery-status': status } = hook.parse(JSON.parse(body))['event-data']; // prettier-ignore
    const about = { messageId: message?.headers?.['message-id'] ?? null, email: recipient };
    if (event === 'complained') return [{ ...about, kind: 'complaint', status: 'abuse' }];
    // What failed for a time is tried again by Mailgun.
    if (event !== 'failed' || severity === 'temporary') return [];
    if (reason === 'suppress-bounce') return [{ ...about, kind: 'hard', status: '5.1.1' }];
    if (reason === 'suppress-complaint') return [{ ...about, kind: 'complaint', status: 'abuse' }];
    const words = `${status?.code ?? ''} ${status?.message || status?.description || ''}`.trim();
    const said = bounceOf(status?.['enhanced-code'] ?? '', words);
    // It tried for a day; what it quotes is only the last of what it heard.
    return [{ ...about, ...said, ...(reason === 'old' && { kind: 'soft' as const }) }];
  },
};
