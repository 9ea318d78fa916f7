// SendGrid: each batch is signed by ECDSA (P-256, SHA-256) over its time and its body.
// https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/getting-started-event-webhook-security-features
import { createPublicKey, verify } from 'node:crypto';
import { z } from 'zod';
import { bounceOf } from '../inbox/read-report.ts';
import { aDaySeconds, isFresh } from './is-fresh.ts';
import type { MailEvent, Provider } from './mail-event.ts';

const events = z.array(
  z.object({
    event: z.string(),
    email: z.string(),
    type: z.string().optional(),
    status: z.string().optional(),
    reason: z.string().optional(),
    'smtp-id': z.string().optional(),
  }),
);

export const sendgrid: Provider = {
  setting: 'MAIL_HOOK_SENDGRID',
  verify({ headers, body, now }, publicKey) {
    const signature = headers['x-twilio-email-event-webhook-signature'];
    const time = headers['x-twilio-email-event-webhook-timestamp'];
    if (typeof signature !== 'string' || typeof time !== 'string') return false;
    if (!isFresh(time, { now, seconds: aDaySeconds })) return false;
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' });
    return verify('sha256', Buffer.from(time + body), key, Buffer.from(signature, 'base64'));
  },
  events: (body) =>
    events
      .parse(JSON.parse(body))
      .flatMap(({ event, email, type, status = '', reason = '', 'smtp-id': id }): MailEvent[] => {
        const about = { messageId: id ?? null, email };
        if (event === 'spamreport') return [{ ...about, kind: 'complaint', status: 'abuse' }];
        // "dropped" was never tried: it is on their list of addresses that bounced, or of who complained.
        if (event === 'dropped' && reason.startsWith('Bounced'))
          return [{ ...about, kind: 'hard', status: status || '5.1.1' }];
        if (event === 'dropped' && reason.startsWith('Spam Reporting'))
          return [{ ...about, kind: 'complaint', status: 'abuse' }];
        if (event !== 'bounce') return [];
        const said = bounceOf(status, reason);
        return [{ ...about, ...said, ...(type === 'blocked' && said.kind === 'hard' && { kind: 'refused' as const }) }];
      }),
};
